using MathNet.Numerics.Distributions;
using MLNetDebug.AutoML.Spaces;

namespace MLNetDebug.AutoML.Search;

/// <summary>
/// Proposes trials: the rates that range tests suggest first, then where a Gaussian process expects most above the best so far (expected improvement: Jones et al., Efficient Global Optimization of
/// Expensive Black-Box Functions, 1998), of the function and not of its noise (Letham et al., Constrained Bayesian Optimization with Noisy Experiments, 2019, in their plug-in form).
/// </summary>
internal sealed class Proposer(SweepOptions options, SpaceMap map, IReadOnlyDictionary<int, LearningRateBracket> brackets)
{
    private const int Candidates = 1024;
    private const int Neighbours = 64;
    private const double NeighbourSpread = 0.07;

    // Nearer than this to another trial, a trial shows nothing new.
    private const double Same = 0.02;

    // Some seconds for each proposal on one core; sweeps of a hundred trials stay below.
    private const int MostObservations = 400;

    // One in so many trials looks at the small or the large batches alone, whichever had fewer: the answer to which is better needs both at their own best rate.
    private const int BatchTurn = 4;

    // Options of which nothing is known beforehand are first tried at random, and one trial in so many is later too: a model that has seen one of several choices alone is sure of nothing but that.
    private const int FirstPerOption = 2;
    private const int RandomTurn = 10;

    private const double Higher = 3;

    private readonly Rungs _rungs = new(options);

    /// <summary>The next trial's parameters.</summary>
    /// <param name="trials">The search's trials so far, in order.</param>
    public TrialParameters Next(IReadOnlyList<TrialRecord> trials)
    {
        var first = FirstTrials();
        if (trials.Count < first.Count)
            return first[trials.Count];
        var random = new Random(Seeds.OfProposal(options.Seed, trials.Count));
        return trials.Count < first.Count + (FirstPerOption * options.Space.Options.Count) || trials.Count % RandomTurn == RandomTurn - 1
            ? map.At(Uniform(random))
            : Modelled(trials, random);
    }

    /// <summary>The batch sizes of the first trials: one in the middle, the largest, and a small one, of which the larger ones cost less.</summary>
    public IEnumerable<int> FirstSizes => new[] { map.Sizes[map.Sizes.Count / 2], map.Sizes[^1], map.Sizes.LastOrDefault(BatchSizeArms.IsSmall, map.Sizes[0]) }.Distinct();

    /// <summary>A batch size at the middle of its rates.</summary>
    public TrialParameters Middle(int size) => map.With(size, map.Spans.TryGetValue(size, out var span) ? Math.Sqrt(span.Low * span.High) : double.NaN);

    /// <summary>The first trials stand where the range test of their batch size says, in the middle at a higher rate too: a range test has few steps, and may err.</summary>
    private List<TrialParameters> FirstTrials()
    {
        if (options.Space.LearningRate is null)
            return [];
        List<TrialParameters> first = [.. FirstSizes.Select(size => Suggested(size) is var rate && double.IsFinite(rate) ? map.With(size, rate) : Middle(size))];
        var middle = FirstSizes.First();
        if (double.IsFinite(Suggested(middle)))
            first.Insert(1, map.With(middle, Higher * Suggested(middle)));
        return first;
    }

    private double Suggested(int size) => brackets.GetValueOrDefault(size)?.Suggested ?? double.NaN;

    private TrialParameters Modelled(IReadOnlyList<TrialRecord> trials, Random random)
    {
        var seen = Observations.Of(trials, map, _rungs, options.Metric).Thinned(MostObservations, random);
        var turn = TurnOf(trials);
        double[][] known = [.. trials.Select(t => map.PlaceOf(t.Plan.Parameters))];
        var candidates = CandidatePlaces(known, trials, random).Where(c => IsIn(c, turn) && !known.Any(k => IsSame(k, c))).ToArray();
        // A small space may be used up: what was tried is tried again with what else the trial draws.
        if (candidates.Length == 0)
            candidates = [.. Enumerable.Range(0, Candidates).Select(_ => Uniform(random)).Where(c => IsIn(c, turn)).DefaultIfEmpty(Uniform(random))];
        // Where nothing has shown a metric there is nothing to follow.
        if (!seen.IsAnyFinite)
            return map.At(candidates[0]);
        var process = WithRunning(seen);
        var best = seen.Places.Max(p => process.At([.. p[..^1], Observations.Whole]).Mean);
        return map.At(candidates.MaxBy(c => Improvement(process.At([.. c, Observations.Whole]), best) / CostOf(map.At(c).BatchSize))!);
    }

    /// <summary>Where other workers are at it the process believes its own mean (Ginsbourger et al., Kriging Is Well-Suited to Parallelize Optimization, 2010).</summary>
    private static GaussianProcess WithRunning(Observations seen)
    {
        var process = GaussianProcess.Fit(seen.Places, seen.Values);
        if (seen.Running.Length == 0)
            return process;
        double[] values = [.. seen.Values, .. seen.Running.Select(r => process.At(r).Mean)];
        return GaussianProcess.Of([.. seen.Places, .. seen.Running], MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(values), process.Fitted) ?? process;
    }

    private static double Improvement((double Mean, double Deviation) at, double best)
    {
        var z = (at.Mean - best) / at.Deviation;
        return at.Deviation * ((z * Normal.CDF(0, 1, z)) + Normal.PDF(0, 1, z));
    }

    /// <summary>
    /// What a trial costs beside others (expected improvement per cost: Snoek et al., NIPS 2012). By its steps a small batch costs more by the ratio of the sizes, by its rows as much as a large one: the time on a
    /// machine lies between.
    /// </summary>
    private static double CostOf(int batchSize) => batchSize > 0 ? 1 / Math.Sqrt(batchSize) : 1;

    /// <summary>Places anywhere, and near the best trials.</summary>
    private IEnumerable<double[]> CandidatePlaces(double[][] known, IReadOnlyList<TrialRecord> trials, Random random)
    {
        for (var i = 0; i < Candidates; i++)
            yield return Uniform(random);
        var best = Enumerable.Range(0, trials.Count).Where(i => double.IsFinite(trials[i].Metric) && !Observations.IsDoomed(trials[i]))
            .OrderBy(i => options.Metric.IsHigherBetter ? -trials[i].Metric : trials[i].Metric).Take(3).ToArray();
        foreach (var i in best)
        {
            for (var n = 0; n < Neighbours; n++)
                yield return Settled([.. known[i].Select(u => Math.Clamp(u + (NeighbourSpread * Normal.Sample(random, 0, 1)), 0, 1))]);
        }
    }

    private double[] Uniform(Random random) => Settled([.. Enumerable.Range(0, map.Dimensions).Select(_ => random.NextDouble())]);

    /// <summary>The place as that of the trial it stands for: one of several values has one place, and elsewhere a model would be unsure of what it has seen.</summary>
    private double[] Settled(double[] place) => map.PlaceOf(map.At(place));

    /// <summary>The batch sizes whose turn it is; null where all are meant.</summary>
    private Func<int, bool>? TurnOf(IReadOnlyList<TrialRecord> trials)
    {
        if (!BatchSizeArms.AreMeant(options) || trials.Count % BatchTurn != BatchTurn - 1)
            return null;
        return trials.Count(t => BatchSizeArms.IsSmall(t.Plan.Parameters.BatchSize)) <= trials.Count(t => BatchSizeArms.IsLarge(t.Plan.Parameters.BatchSize)) ? BatchSizeArms.IsSmall : BatchSizeArms.IsLarge;
    }

    private bool IsIn(double[] place, Func<int, bool>? turn) => turn is null || turn(map.At(place).BatchSize);

    private static bool IsSame(double[] a, double[] b) => a.Zip(b).All(p => Math.Abs(p.First - p.Second) < Same);
}
