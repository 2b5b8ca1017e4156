using Microsoft.ML;

namespace MLNetDebug.AutoML;

/// <summary>What came out of a trial that ran to its end.</summary>
/// <param name="Metric">The metric on the validation rows, in the sweep's direction. Not finite means that the trial failed.</param>
public sealed record TrialOutcome(double Metric)
{
    /// <summary>The metric on test rows that nothing is chosen by; NaN where there are none. Read for the effect of the batch size only.</summary>
    public double TestMetric { get; init; } = double.NaN;

    /// <summary>Gradient steps that were taken; 0 where they are not counted.</summary>
    public long Steps { get; init; }

    /// <summary>What a guard found.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>The model; null where the body makes none. It is kept for the winner only.</summary>
    public ITransformer? Model { get; init; }
}
