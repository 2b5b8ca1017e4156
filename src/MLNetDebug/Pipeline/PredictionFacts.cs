using MLNetDebug.Predictions;

namespace MLNetDebug.Pipeline;

/// <summary>What a reader wants to know of predictions first.</summary>
internal static class PredictionFacts
{
    public static IReadOnlyList<Evidence> Of(PredictionProfile profile) => [.. All(profile)];

    private static IEnumerable<Evidence> All(PredictionProfile profile)
    {
        yield return new Evidence($"{profile.Name}: rows", profile.Rows) { Unit = "rows" };
        yield return new Evidence($"{profile.Name}: rows judged", profile.Judged) { Unit = "rows" };
        if (profile.SampledRows < profile.Judged)
            yield return new Evidence($"{profile.Name}: share of judged rows sampled for ranking, calibration and baseline", (double)profile.SampledRows / profile.Judged) { Unit = "of rows" };
        // One score that is not finite makes every figure of merit invalid.
        if (profile.Scores.NonFinite > 0)
            yield break;
        if (!double.IsNaN(profile.Accuracy))
            yield return new Evidence($"{profile.Name}: accuracy", profile.Accuracy);
        if (profile.Baseline is { } baseline && double.IsFinite(baseline.Gain))
            yield return new Evidence($"{profile.Name}: gain over a constant answer by {baseline.Loss}", baseline.Gain);
    }
}
