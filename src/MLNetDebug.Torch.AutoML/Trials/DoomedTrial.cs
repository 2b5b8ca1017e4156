using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.AutoML.Trials;

/// <summary>
/// Which findings of a guard say that a trial cannot win. All of these rules judge while training runs, and none of them flagged one of 936 healthy runs (see their pages in docs/rules).
/// </summary>
internal static class DoomedTrial
{
    /// <summary>True where the trial is not worth its remaining steps.</summary>
    /// <param name="finding">What the guard found.</param>
    /// <param name="stepsLeft">Steps that the trial had left where it was found.</param>
    public static bool Is(Finding finding, long stepsLeft) => finding.Severity >= Severity.Warning && finding.Rule.Id switch
    {
        // A loss that drifts up slowly is only suspected, and its best epoch may lie before.
        RuleIds.LearningRateTooLarge => finding.Confidence == Confidence.Confirmed,
        RuleIds.NonFinite or RuleIds.NotLearning or RuleIds.DeadModel => true,
        // Slow is no fault where there is time enough.
        RuleIds.LearningRateTooSmall => finding.Evidence.FirstOrDefault(e => e.Name == LearningRateTooSmall.StepsToHalve) is not { } halved || halved.Value > stepsLeft,
        _ => false,
    };
}
