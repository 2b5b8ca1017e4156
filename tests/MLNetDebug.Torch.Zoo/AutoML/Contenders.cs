using Microsoft.ML;
using MLNetDebug.AutoML;
using MLNetDebug.AutoML.Studies;
using MLNetDebug.Torch.AutoML;
using MLNetDebug.Zoo.Studies;

namespace MLNetDebug.Torch.Zoo.AutoML;

/// <summary>Ways to search the same space with the same trials: a grid, at random, at random with guarded trials, and the sweep.</summary>
internal static class Contenders
{
    private static readonly double[] Rates = [.. Enumerable.Range(-5, 7).Select(e => Math.Pow(10, e))];

    private static readonly MLContext ML = new(1);

    /// <summary>Trials of the grid: a rate for each decade, all batch sizes.</summary>
    public static IReadOnlyList<TrialParameters> Grid { get; } =
        [.. new SearchSpace().BatchSizes.SelectMany(batch => Rates.Select(rate => Parameters(rate, batch)))];

    /// <summary>As many trials at random: rates by their logarithm, batch sizes evenly.</summary>
    public static IReadOnlyList<TrialParameters> AtRandom(int seed)
    {
        var (random, space) = (new Random(seed), new SearchSpace());
        return [.. Grid.Select(_ => Parameters(space.LearningRate!.Low * Math.Pow(space.LearningRate.High / space.LearningRate.Low, random.NextDouble()), space.BatchSizes[random.Next(space.BatchSizes.Count)]))];
    }

    /// <summary>Runs trials one after another, each to its end.</summary>
    public static StepMeter Run(SweepTask task, IEnumerable<TrialParameters> trials, TrainingGuardOptions? guard, int seed, Func<TrialBody, StepMeter> measure)
    {
        using var sweep = new TorchSweep(task.Trainer(guard), task.Train, task.Validation, null, task.Options(seed));
        var meter = measure(sweep.Body);
        var number = 0;
        foreach (var parameters in trials)
        {
            if (meter.Over.IsCancellationRequested)
                break;
            var trial = new TrialContext(new TrialPlan(number++, TrialKind.Search, parameters, seed, task.Epochs), ChoiceTexts.None, _ => { });
            try
            {
                (meter.Run(trial, meter.Over).GetAwaiter().GetResult().Model as IDisposable)?.Dispose();
            }
            catch (Exception e) when (e is TrialPrunedException or OperationCanceledException or InvalidOperationException or DiagnosticException)
            {
                // A trial that dies is a trial that was paid for.
            }
        }

        return meter;
    }

    /// <summary>The guarded sweep, with as many trials of its search.</summary>
    public static StepMeter Sweep(SweepTask task, int seed, Func<TrialBody, StepMeter> measure)
    {
        using var sweep = new TorchSweep(task.Trainer(new()), task.Train, task.Validation, null, task.Options(seed));
        var meter = measure(sweep.Body);
        using var store = new MemoryStudyStore();
        var options = task.Options(seed) with { Store = store, Budget = new() { Trials = Grid.Count }, Probe = new CountedProbe(sweep.Probe, meter), Refit = false };
        try
        {
            ML.Diagnostics().Sweep(meter.Run, options, meter.Over).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (meter.Over.IsCancellationRequested)
        {
            // The target was reached, or the budget spent.
        }

        return meter;
    }

    private static TrialParameters Parameters(double rate, int batch) => new([new(TrialParameters.LearningRateName, rate), new(TrialParameters.BatchSizeName, batch)]);

    private sealed class CountedProbe(ILearningRateProbe probe, StepMeter meter) : ILearningRateProbe
    {
        public LearningRateBracket Probe(LearningRateProbeRequest request, CancellationToken cancellationToken)
        {
            var bracket = probe.Probe(request, cancellationToken);
            meter.Add(bracket.Steps);
            return bracket;
        }
    }
}
