using System.Globalization;
using MLNetDebug.Data;

namespace MLNetDebug.Predictions;

/// <summary>What is known of scored rows before the first one.</summary>
/// <param name="Task">What was to be learned.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Width">Scores per row.</param>
internal sealed record PredictionLayout(LearningTask Task, PredictionColumns Columns, int Width)
{
    /// <summary>True where rows have a binary model's probability.</summary>
    public bool HasProbability => Task == LearningTask.BinaryClassification && Columns.Probability is not null;

    /// <summary>True where the numbers that stand for probabilities are said to be some.</summary>
    public bool IsDeclared { get; init; }

    /// <summary>True where classes are to be learned.</summary>
    public bool IsClassification => Task is LearningTask.BinaryClassification or LearningTask.MulticlassClassification;

    /// <summary>True where rows have one number per class.</summary>
    public bool IsMulticlass => Task == LearningTask.MulticlassClassification;

    /// <summary>How the user writes a class counted from 0; null where its number stands for it.</summary>
    public Func<int, string?>? TextOf { get; init; }

    /// <summary>The text of a class counted from 0: of several classes the 1-based key, of two 0 and 1.</summary>
    public string Text(int index) => TextOf?.Invoke(index) is { Length: > 0 } text ? text : ValueOf(index).ToString(CultureInfo.InvariantCulture);

    /// <summary>The value of a class counted from 0, as <see cref="ClassPredictions.Value"/> has it.</summary>
    public int ValueOf(int index) => IsMulticlass ? index + 1 : index;

    /// <summary>What the row's probabilities give the true class; 0 for a class that the model has no score for.</summary>
    /// <param name="label">The true class counted from 0.</param>
    /// <param name="scores">The row's scores.</param>
    /// <param name="probability">The row's probability of the second of two classes.</param>
    public double OfTrueClass(double label, ReadOnlySpan<float> scores, float probability) =>
        !IsMulticlass ? (label > 0 ? probability : 1 - (double)probability)
        : label < scores.Length ? scores[(int)label]
        : 0;
}
