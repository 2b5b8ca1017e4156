using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Zoo.Data;
using MLNetDebug.Zoo.Views;

namespace MLNetDebug.Zoo.Trainers;

/// <summary>
/// Rows every trainer can learn from: standard normal features, a score of three of them with noise, and one label of each kind made of that score.
/// </summary>
internal sealed record StockRows(float[][] Features, float[] Score)
{
    public const string Positive = "IsPositive";

    public const string Class = "Class";

    public const string Target = "Target";

    public const string Count = "Count";

    public const string Grade = "Grade";

    public const string Group = "Group";

    public int Rows => Score.Length;

    /// <summary>Draws rows.</summary>
    /// <param name="rows">How many.</param>
    /// <param name="slots">Features, at least 3.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="noise">Standard deviation of the noise on a score of variance 3.</param>
    public static StockRows Draw(int rows, int slots = 20, int seed = 1, double noise = 0.5)
    {
        var random = new ZooRandom(seed, "stock");
        float[][] features = [.. Enumerable.Range(0, slots).Select(_ => random.Normals(rows))];
        var score = new float[rows];
        for (var i = 0; i < rows; i++)
            score[i] = (float)(features[0][i] + features[1][i] - features[2][i] + noise * random.Normal());
        return new StockRows(features, score);
    }

    /// <summary>One column changed, the labels as they were.</summary>
    public StockRows WithFeature(int slot, Func<float, int, float> change)
    {
        var features = (float[][])Features.Clone();
        features[slot] = [.. features[slot].Select(change)];
        return this with { Features = features };
    }

    /// <summary>Every column changed.</summary>
    public StockRows WithFeatures(Func<float, int, float> change) => this with { Features = [.. Features.Select(f => f.Select(change).ToArray())] };

    /// <summary>The rows as a view.</summary>
    /// <param name="target">Changes the regression target of a row; null for none.</param>
    public IDataView ToView(Func<float, int, float>? target = null)
    {
        float[] goal = target is null ? Score : [.. Score.Select(target)];
        return new MemoryView(
            Rows,
            MemoryColumns.Vector("Features", Features, null),
            MemoryColumns.Of(Positive, BooleanDataViewType.Instance, [.. Score.Select(s => s > 0)]),
            MemoryColumns.Key(Class, [.. Score.Select(s => s < -0.5 ? 1u : s < 0.5 ? 2u : 3u)], 3, ["low", "middle", "high"]),
            MemoryColumns.Of(Target, NumberDataViewType.Single, goal),
            MemoryColumns.Of(Count, NumberDataViewType.Single, [.. Score.Select(s => (float)Math.Round(Math.Exp(s / 2)))]),
            MemoryColumns.Key(Grade, [.. Score.Select(s => (uint)Math.Clamp((int)(s + 2.5), 0, 4) + 1)], 5, ["0", "1", "2", "3", "4"]),
            MemoryColumns.Key(Group, [.. Enumerable.Range(0, Rows).Select(i => (uint)(i / 10) + 1)], (Rows + 9) / 10));
    }
}
