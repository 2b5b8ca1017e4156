namespace MLNetDebug.AutoML.Search;

/// <summary>
/// Asynchronous successive halving by stopping (Li et al., A System for Massively Parallel Hyperparameter Tuning, MLSys 2020): at each rung a trial goes on where it is among the best of those that have
/// reached it. Trials are held against others of a like batch size, at most twice or half their own: a large batch has made few updates after the same epochs.
/// </summary>
internal sealed class Rungs
{
    private const int FirstRung = 9;

    private readonly int[] _rungs;
    private readonly int _reduction;

    public Rungs(SweepOptions options)
    {
        (Epochs, _reduction) = (options.Epochs, options.Reduction);
        List<int> rungs = [];
        // A rung near the end would cost a good trial its last epochs and spare next to nothing.
        for (long epochs = options.LeastEpochs ?? Math.Max(1, Epochs / FirstRung); epochs <= Epochs / 2; epochs *= _reduction)
            rungs.Add((int)epochs);
        _rungs = [.. rungs];
    }

    /// <summary>Epochs of a whole trial.</summary>
    public int Epochs { get; }

    /// <summary>True where an epoch is a rung.</summary>
    public bool IsRung(int epoch) => Array.BinarySearch(_rungs, epoch) >= 0;

    /// <summary>The rungs below an epoch.</summary>
    public IEnumerable<int> Below(int epoch) => _rungs.Where(r => r < epoch);

    /// <summary>An epoch as a model sees it: by its logarithm, in [0, 1].</summary>
    public double Depth(int epoch) => Epochs == 1 ? 1 : Math.Log(Math.Max(1, epoch)) / Math.Log(Epochs);

    private static bool AreAlike(int a, int b) => a <= 2 * b && b <= 2 * a;

    /// <summary>The best finite metric of the points up to an epoch; NaN where there is none.</summary>
    public double BestUpTo(TrialRecord trial, int epoch, SweepMetric metric)
    {
        var best = double.NaN;
        foreach (var point in trial.Points.Where(p => p.Epoch <= epoch))
            best = metric.IsBetter(point.Metric, best) ? point.Metric : best;
        return best;
    }

    /// <summary>Why a trial that has reached a rung is not to go on; null where it is.</summary>
    /// <param name="own">The trial, its points up to the rung.</param>
    /// <param name="rung">The rung.</param>
    /// <param name="trials">All trials of the study.</param>
    /// <param name="metric">What they are compared by.</param>
    public string? PruneAt(TrialRecord own, int rung, IEnumerable<TrialRecord> trials, SweepMetric metric)
    {
        var mine = BestUpTo(own, rung, metric);
        var size = own.Plan.Parameters.BatchSize;
        double[] others = [.. trials
            .Where(t => t.Plan.Kind == TrialKind.Search && t.Plan.Number != own.Plan.Number && AreAlike(t.Plan.Parameters.BatchSize, size) && t.Points.Any(p => p.Epoch >= rung))
            .Select(t => BestUpTo(t, rung, metric))];
        var places = Math.Max(1, (others.Length + 1) / _reduction);
        var better = others.Count(o => metric.IsBetter(o, mine));
        if (better < places)
            return null;
        var best = others.Aggregate(double.NaN, (a, b) => metric.IsBetter(b, a) ? b : a);
        return FormattableString.Invariant($"After {rung} of {Epochs} epochs its {metric.Name} is {mine:G4}: {better} of {others.Length + 1} trials of a like batch size stand better there (the best at {best:G4}), and {places} go on.");
    }
}
