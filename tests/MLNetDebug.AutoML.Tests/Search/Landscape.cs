using MLNetDebug.AutoML;

namespace MLNetDebug.AutoML.Tests.Search;

/// <summary>
/// A training by formula: the accuracy rises with the epochs to a height that falls off around the best rate, which grows with the batch; from some rate on it gives NaN.
/// </summary>
internal sealed class Landscape
{
    public double Best { get; init; } = 0.03;

    public double Noise { get; init; } = 0.002;

    /// <summary>Trials whose body was entered, in order.</summary>
    public List<TrialPlan> Begun { get; } = [];

    public static double BestRate(int batch, double at32) => at32 * Math.Sqrt(batch / 32.0);

    public Task<TrialOutcome> Body(TrialContext trial, CancellationToken token)
    {
        lock (Begun)
            Begun.Add(trial.Plan);
        var random = new Random(HashCode.Combine(trial.Seed, trial.BatchSize) + (int)(trial.LearningRate * 1e6));
        var off = Math.Log10(trial.LearningRate / BestRate(trial.BatchSize, Best));
        var value = double.NaN;
        for (var epoch = 1; epoch <= trial.Epochs; epoch++)
        {
            token.ThrowIfCancellationRequested();
            value = off > 1 ? double.NaN : 0.1 + (0.87 * Math.Exp(-off * off) * (1 - Math.Exp(-epoch / 4.0))) + (Noise * (random.NextDouble() - 0.5));
            trial.Report(epoch, value, epoch * StepsPerEpoch(trial.BatchSize));
        }

        return Task.FromResult(new TrialOutcome(value) { TestMetric = value - 0.01, Steps = trial.Epochs * StepsPerEpoch(trial.BatchSize) });
    }

    public static long StepsPerEpoch(int batch) => (1200 + batch - 1) / batch;
}
