using MLNetDebug.Data;

namespace MLNetDebug.Pipeline;

/// <summary>What a reader wants to know of the data first.</summary>
internal static class ReportFacts
{
    public static IReadOnlyList<Evidence> Of(DataProfile? train, DataProfile? holdOut = null) => [.. One(train), .. One(holdOut)];

    private static IEnumerable<Evidence> One(DataProfile? profile)
    {
        if (profile is null)
            yield break;
        yield return new Evidence($"{profile.Name}: rows", profile.RowCount) { Unit = profile.IsComplete ? "rows" : "rows read before the budget ended" };
        yield return new Evidence($"{profile.Name}: columns", profile.Columns.Count) { Unit = "columns" };
        yield return new Evidence($"{profile.Name}: feature slots", profile.FeatureColumns.Sum(c => c.Slots.Count)) { Unit = "slots" };
        if (!profile.Sample.IsComplete)
            yield return new Evidence($"{profile.Name}: share of rows sampled for quantiles and tests", (double)profile.Sample.Count / Math.Max(profile.RowCount, 1)) { Unit = "of rows" };
        if (profile.Label is { Classes.Count: > 0, TooManyClasses: false } label && profile.Declaration.Task is LearningTask.BinaryClassification or LearningTask.MulticlassClassification)
            yield return new Evidence($"{profile.Name}: classes", label.Classes.Count) { Unit = "classes" };
    }
}
