using MLNetDebug.Data;
using MLNetDebug.Predictions;
using MLNetDebug.Tests.Data.Splits;

namespace MLNetDebug.Tests.Predictions;

/// <summary>Evaluations made by hand.</summary>
internal static class Gaps
{
    /// <summary>A profile of two classes with so many rows right; the classes are right alike.</summary>
    public static PredictionProfile Accuracy(long rows, long right, string name = "validation data") =>
        ByClass(name, (rows / 2, right / 2), (rows - rows / 2, right - right / 2));

    /// <summary>A profile with so many rows of each class, and so many of them right.</summary>
    public static PredictionProfile ByClass(string name, params (long Rows, long Right)[] classes) => new()
    {
        Name = name,
        Task = LearningTask.MulticlassClassification,
        Columns = Scored.Multiclass,
        Rows = classes.Sum(c => c.Rows),
        Judged = classes.Sum(c => c.Rows),
        Correct = classes.Sum(c => c.Right),
        Scores = new ScoreSummary(),
        Classes = [.. classes.Select((c, k) => new ClassPredictions(k + 1, $"class {k}", c.Rows, c.Rows, c.Right))],
    };

    public static EvaluationPair Pair(PredictionProfile validation, PredictionProfile test) => new() { Validation = validation, Test = test with { Name = "test data" } };

    /// <summary>The comparison of a column of normal numbers on both sides, the second moved.</summary>
    public static SplitComparison Moved(double by) => Sampled.Compare(
        Sampled.Split.Numbers("Age", Sampled.Normal(800, 1)).Numbers("Height", Sampled.Normal(800, 2)),
        Sampled.Split.Numbers("Age", Sampled.Normal(800, 3, by)).Numbers("Height", Sampled.Normal(800, 4)));
}
