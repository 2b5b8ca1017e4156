using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Zoo.Training;

/// <summary>What a guarded training came to.</summary>
/// <param name="Report">What the guard found.</param>
/// <param name="Metric">The held-out metric, larger is better.</param>
/// <param name="Window">The run in numbers, as it ended.</param>
internal sealed record TrainingOutcome(DiagnosticReport Report, double Metric, TrainingWindow Window);
