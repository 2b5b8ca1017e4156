using System.Globalization;
using System.Text.Json;

using MLNetDebug.Data;
using MLNetDebug.Zoo.Bases;

namespace MLNetDebug.Tests.Data.Splits;

/// <summary>Compares two files with planted drift with what scipy says of them; the files stand outside the repository.</summary>
[TestClass]
public sealed class ReferenceConformanceTests
{
    [TestMethod]
    public void Numbers_agree_with_scipy()
    {
        var (compared, reference) = Load();
        foreach (var column in compared.Columns.Where(c => c.Numeric is not null))
        {
            var scipy = reference.GetProperty(column.Subject.Name);
            var shift = column.Numeric!;
            Assert.AreEqual(scipy.GetProperty("n").GetInt32(), shift.TrainCount);
            Assert.AreEqual(scipy.GetProperty("missing_test").GetInt64(), column.Missing.Test);
            Assert.AreEqual(scipy.GetProperty("ks").GetDouble(), shift.Distance, 1e-9, column.Subject.Name);

            // The reference divides by the standard deviation with n, this by that with n - 1.
            Assert.AreEqual(1, shift.Wasserstein / scipy.GetProperty("wasserstein_over_std").GetDouble(), 1e-3, column.Subject.Name);
            var logP = Math.Log(scipy.GetProperty("ks_p_auto").GetDouble());
            Assert.AreEqual(logP, Math.Log(shift.DistancePValue), 0.05 * Math.Max(1, -logP), column.Subject.Name);
        }

        Assert.AreEqual(30, compared.Columns.Count(c => c.Numeric is not null));
    }

    [TestMethod]
    public void Categories_agree_with_scipy_where_none_is_pooled()
    {
        var (compared, reference) = Load();
        var agreed = 0;
        foreach (var column in compared.Columns.Where(c => c.Categories is not null))
        {
            var scipy = reference.GetProperty(column.Subject.Name);
            var counts = column.Categories!.Counts;
            Assert.AreEqual(scipy.GetProperty("tv").GetDouble(), counts.RawTotalVariation, 1e-9);
            if (counts.DegreesOfFreedom != scipy.GetProperty("chi2_df").GetInt32())
                continue;
            Assert.AreEqual(scipy.GetProperty("chi2").GetDouble(), counts.Statistic, 1e-6);
            Assert.AreEqual(scipy.GetProperty("chi2_p").GetDouble(), counts.PValue, 1e-9);
            agreed++;
        }

        Assert.IsGreaterThanOrEqualTo(2, agreed);
    }

    private static (SplitComparison Compared, JsonElement Reference) Load()
    {
        if (ZooFiles.Shared("drift_small_conformance.json") is not { } reference)
        {
            Assert.Inconclusive("The reference files are not here.");
            throw new InvalidOperationException();
        }

        using var json = JsonDocument.Parse(File.ReadAllText(reference));
        return (Sampled.Compare(Read("drift_small_train.csv"), Read("drift_small_test.csv")), json.RootElement.GetProperty("drift").Clone());
    }

    private static Sampled Read(string file)
    {
        string[][] lines = [.. File.ReadLines(ZooFiles.Shared(file)!).Select(l => l.Split(','))];
        var split = Sampled.Split;
        for (var j = 0; j < lines[0].Length; j++)
        {
            string[] cells = [.. lines.Skip(1).Select(l => l[j])];
            if (lines[0][j].StartsWith("num", StringComparison.Ordinal))
                split.Doubles(lines[0][j], [.. cells.Select(c => c.Length == 0 ? double.NaN : double.Parse(c, CultureInfo.InvariantCulture))]);
            else
                split.Texts(lines[0][j], cells);
        }

        return split;
    }
}
