using Microsoft.ML;
using Microsoft.ML.Data;

namespace GuardedTraining;

/// <summary>Two real tables (UCI, see data/ATTRIBUTION.md), read as ML.NET reads any text file and split at random.</summary>
internal static class Data
{
    private static readonly string[] Measures =
        ["radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity", "concave points", "symmetry", "fractal dimension"];

    private static readonly string[] Wine =
    [
        "alcohol", "malic acid", "ash", "alcalinity", "magnesium", "phenols", "flavanoids", "nonflavanoids", "proanthocyanins", "colour", "hue", "OD280",
    ];

    /// <summary>569 tumours, 30 measures of each, and whether they are benign.</summary>
    /// <param name="ml">The context.</param>
    /// <param name="withoutPoint">A column whose decimal point an export lost, so that 0.003532 became 3532; null for none.</param>
    public static DataOperationsCatalog.TrainTestData Tumours(MLContext ml, string? withoutPoint = null)
    {
        string[] names = [.. new[] { "mean", "error", "worst" }.SelectMany(kind => Measures.Select(m => $"{kind} {m}"))];
        return Read(ml, "breast_cancer.csv", names, new TextLoader.Column("Label", DataKind.Boolean, names.Length), withoutPoint);
    }

    /// <summary>178 wines, 12 measures of each, and their proline in mg/l.</summary>
    public static DataOperationsCatalog.TrainTestData Wines(MLContext ml) =>
        Read(ml, "wine_data.csv", Wine, new TextLoader.Column("Label", DataKind.Single, Wine.Length), null);

    private static DataOperationsCatalog.TrainTestData Read(MLContext ml, string file, string[] names, TextLoader.Column label, string? withoutPoint)
    {
        var view = ml.Data.LoadFromTextFile(Path.Combine(AppContext.BaseDirectory, "data", file), new TextLoader.Options
        {
            Separators = [','],
            HasHeader = true,
            Columns = [.. names.Select((name, i) => new TextLoader.Column(name, DataKind.Single, i)), label],
        });
        if (withoutPoint is not null)
            view = ml.Transforms.Expression(withoutPoint, "x => x * 1000000f", withoutPoint).Fit(view).Transform(view);
        // In one vector, the columns keep their names. The files are sorted by class: all rows are mixed once.
        view = ml.Transforms.Concatenate("Features", names).Fit(view).Transform(view);
        var mixed = ml.Data.Cache(ml.Data.ShuffleRows(view, seed: 1, shufflePoolSize: 1_000));
        return ml.Data.TrainTestSplit(mixed, testFraction: 0.3, seed: 1);
    }
}
