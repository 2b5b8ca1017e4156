using MLNetDebug.Data;
using MLNetDebug.Predictions;

namespace MLNetDebug.Guards;

/// <summary>Which rules a guard runs, by what they read.</summary>
internal static class GuardRules
{
    private static readonly Type[] Always = [typeof(TrainerSetup), typeof(FitRun), typeof(ModelProfile), typeof(PredictionProfile)];

    /// <summary>The rules that the options ask for.</summary>
    public static Func<Rule, bool> Chosen(GuardOptions options) => options.Data switch
    {
        DataChecks.None => r => Always.Contains(r.Measured),
        DataChecks.Facts => r => r.Measured == typeof(DataProfile) || r.Measured == typeof(TrainerInput) || Always.Contains(r.Measured),
        _ => r => r.Measured != typeof(FileCheck),
    };
}
