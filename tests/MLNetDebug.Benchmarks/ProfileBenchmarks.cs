using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Benchmarks;

/// <summary>
/// What a profile costs beside what reading the rows costs anyway. 1,000,000 rows of 50 floats and a label; the process is pinned to
/// one core; the two sides of a ratio run in turn within one process and CPU time of all its threads is compared, medians of the
/// repetitions. A "pass" is a cursor with the same getters and nothing else.
/// </summary>
internal static class ProfileBenchmarks
{
    private const int Rows = 1_000_000;

    private static readonly DataDeclaration Declaration = new() { Label = "Label", Features = ["Features"], Task = LearningTask.MulticlassClassification };

    /// <summary>Runs the benchmarks.</summary>
    /// <param name="quick">Fewer repetitions.</param>
    public static IReadOnlyList<TableRow> Run(bool quick)
    {
        using var core = OneCore.Pin();
        var folder = Directory.CreateTempSubdirectory("mlnetdebug-bench-");
        try
        {
            var ml = new MLContext(1);
            return
            [
                .. Cached(ml, quick ? 5 : 15),
                .. Binary(ml, folder.FullName, quick ? 5 : 9),
                .. Csv(ml, folder.FullName, quick ? 3 : 5),
                .. ProfileMemory.Rows(),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The profile of a cached view beside fitting a normaliser on it.</summary>
    public static IReadOnlyList<TableRow> Cached(MLContext ml, int repetitions)
    {
        var view = ml.Data.Cache(new WideView(Rows));
        var (pass, fit, profile) = (new List<double>(), new List<double>(), new List<double>());
        for (var i = -1; i < repetitions; i++)
        {
            var (a, b, c) = (
                OneCore.CpuSeconds(() => Pass(view)),
                OneCore.CpuSeconds(() => ml.Transforms.NormalizeMeanVariance("Features").Fit(view)),
                OneCore.CpuSeconds(() => new DataProfiler().Profile(view, Declaration)));
            // The first turn fills the cache and warms the code.
            if (i < 0)
                continue;
            pass.Add(a);
            fit.Add(b);
            profile.Add(c);
        }

        return
        [
            Ratio("1.profile-cached", profile, fit, 3),
            TableRow.Shown("profile of a cached view", Rows, Median(profile) / Rows * 1e9, "ns/row"),
            TableRow.Shown("NormalizeMeanVariance.Fit on it", Rows, Median(fit) / Rows * 1e9, "ns/row"),
            TableRow.Shown("pass over it", Rows, Median(pass) / Rows * 1e9, "ns/row"),
        ];
    }

    private static IReadOnlyList<TableRow> Binary(MLContext ml, string folder, int repetitions)
    {
        var path = Path.Combine(folder, "wide.idv");
        using (var stream = File.Create(path))
            ml.Data.SaveAsBinary(new WideView(Rows), stream);
        var rows = AgainstPass("1.profile-binary", () => ml.Data.LoadFromBinary(path), repetitions, 1.6);
        File.Delete(path);
        return rows;
    }

    private static IReadOnlyList<TableRow> Csv(MLContext ml, string folder, int repetitions)
    {
        var path = Path.Combine(folder, "wide.csv");
        using (var stream = File.Create(path))
            ml.Data.SaveAsText(new WideView(Rows), stream, separatorChar: ',', headerRow: false, schema: false, forceDense: true);
        var options = new TextLoader.Options
        {
            Separators = [','],
            Columns = [new TextLoader.Column("Features", DataKind.Single, 0, WideView.Width - 1), new TextLoader.Column("Label", DataKind.Single, WideView.Width)],
        };
        var rows = AgainstPass("1.profile-csv", () => ml.Data.LoadFromTextFile(path, options), repetitions, 1.15);
        File.Delete(path);
        return rows;
    }

    private static IReadOnlyList<TableRow> AgainstPass(string name, Func<IDataView> open, int repetitions, double bar)
    {
        var (pass, profile) = (new List<double>(), new List<double>());
        var view = open();
        for (var i = -1; i < repetitions; i++)
        {
            var (a, b) = (OneCore.CpuSeconds(() => Pass(view)), OneCore.CpuSeconds(() => new DataProfiler().Profile(view, Declaration)));
            if (i < 0)
                continue;
            pass.Add(a);
            profile.Add(b);
        }

        return [Ratio(name, profile, pass, bar), TableRow.Shown(name[2..] + " pass", Rows, Median(pass) / Rows * 1e9, "ns/row")];
    }

    private static TableRow Ratio(string name, List<double> profile, List<double> other, double bar)
    {
        double[] ratios = [.. profile.Zip(other, (p, o) => p / o).Order()];
        return new TableRow(name, profile.Count, Median(profile) / Median(other), ratios[0], ratios[^1], "ratio of CPU times", "<=", bar);
    }

    private static void Pass(IDataView view)
    {
        using var cursor = view.GetRowCursor(view.Schema);
        var features = cursor.GetGetter<VBuffer<float>>(view.Schema["Features"]);
        var label = cursor.GetGetter<float>(view.Schema["Label"]);
        VBuffer<float> values = default;
        float target = default;
        while (cursor.MoveNext())
        {
            features(ref values);
            label(ref target);
        }
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
