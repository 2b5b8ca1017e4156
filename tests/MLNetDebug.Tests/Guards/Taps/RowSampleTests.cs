using CsCheck;
using MathNet.Numerics.Distributions;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;
using MLNetDebug.Guards;
using MLNetDebug.Zoo.Views;

namespace MLNetDebug.Tests.Guards.Taps;

[TestClass]
public sealed class RowSampleTests
{
    [TestMethod]
    public void Every_row_is_as_likely_as_any_other()
    {
        const int Rows = 200, Kept = 20, Seeds = 3000;
        var counts = new int[Rows];
        for (var seed = 0; seed < Seeds; seed++)
        {
            foreach (var position in Sample(Rows, Kept, seed).Positions)
                counts[position]++;
        }

        const double Share = (double)Kept / Rows;
        // Inclusions of a sample without replacement: negatively correlated, hence (n - 1) / n.
        var statistic = counts.Sum(c => Math.Pow(c - (Seeds * Share), 2)) / (Seeds * Share * (1 - Share)) * (Rows - 1) / Rows;
        var p = 1 - ChiSquared.CDF(Rows - 1, statistic);
        Assert.IsGreaterThan(1e-3, p, $"chi-square {statistic:F1} of {Rows - 1} degrees");
        Assert.IsLessThan(1 - 1e-3, p, "as even as no draw is");
    }

    [TestMethod]
    public void Whatever_the_numbers_the_sample_is_full_distinct_and_the_seeds_own() =>
        Gen.Select(Gen.Int[0, 400], Gen.Int[20, 60], Gen.Int[0, 1000]).Sample((rows, kept, seed) =>
        {
            var sample = Sample(rows, kept, seed);
            Assert.HasCount(Math.Min(rows, kept), sample.Positions);
            Assert.HasCount(sample.Positions.Count, sample.Positions.Distinct().ToArray());
            Assert.AreEqual(rows, sample.Seen);
            // The only column holds its own position: each cell stands in the place of its row.
            CollectionAssert.AreEqual(sample.Positions.Select(p => (float)p).ToArray(), sample.ToView(TimeSpan.MaxValue).GetColumn<float>("x").ToArray());
            if (rows <= kept)
                CollectionAssert.AreEqual(Enumerable.Range(0, rows).Select(i => (long)i).ToArray(), sample.Positions.ToArray(), "Rows that all fit keep their order.");
            CollectionAssert.AreEqual(sample.Positions.ToArray(), Sample(rows, kept, seed).Positions.ToArray());
        }, iter: 300, threads: 1);

    [TestMethod]
    public void Another_seed_gives_another_sample() => CollectionAssert.AreNotEqual(Sample(400, 20, 1).Positions.ToArray(), Sample(400, 20, 2).Positions.ToArray());

    [TestMethod]
    [DataRow(10, 1000, 1000)]
    // Four million numbers are kept at most, and never fewer than 20 rows.
    [DataRow(100_000, 1000, 40)]
    [DataRow(1_000_000, 1000, 20)]
    [DataRow(10, 5, 20)]
    public void Wide_rows_are_kept_in_smaller_numbers(int width, int asked, int kept)
    {
        var nothing = new VBuffer<float>(width, 0, [], []);
        var view = new MemoryView(1100, new MemoryColumn<VBuffer<float>>("x", new VectorDataViewType(NumberDataViewType.Single, width), (long _, ref VBuffer<float> value) => value = nothing));
        Assert.HasCount(kept, Fill(new RowSample(view.Schema, ["x"], asked, 1), view).Positions);
    }

    [TestMethod]
    public void Columns_that_are_not_there_or_named_twice_are_left_out()
    {
        var view = Numbers(30);
        var sample = Fill(new RowSample(view.Schema, ["x", "absent", "x"], 20, 1), view);
        CollectionAssert.AreEqual(new[] { "x" }, sample.Columns.ToArray());
        Assert.HasCount(20, sample.ToView(TimeSpan.MaxValue).GetColumn<float>("x").ToArray());
    }

    [TestMethod]
    public void The_columns_a_model_is_tried_on_are_those_of_the_declaration()
    {
        var view = new MemoryView(5, new[] { "a", "b", "y", "w", "g", "other" }.Select(n => MemoryColumns.Of<float>(n, NumberDataViewType.Single, [1, 2, 3, 4, 5])));
        var declaration = new DataDeclaration { Label = "y", Weight = "w", Group = "g", Features = ["a", "b"] };
        CollectionAssert.AreEqual(new[] { "y", "w", "g", "a", "b" }, RowSample.Of(view.Schema, declaration, new GuardOptions()).Columns.ToArray());
    }

    [TestMethod]
    [DataRow(19, 19)]
    [DataRow(20, 20)]
    [DataRow(21, 20)]
    [DataRow(500, 20)]
    public void First_rows_are_the_whole_only_where_no_row_follows(int rows, int kept)
    {
        var watched = new WatchedView(Numbers(rows), _ => { });
        var sample = RowSample.OfFirstRows(watched, new DataDeclaration { Features = ["x"] }, new GuardOptions { ScoredRows = 20 }, CancellationToken.None);
        CollectionAssert.AreEqual(Enumerable.Range(0, kept).Select(i => (long)i).ToArray(), sample.Positions.ToArray());
        Assert.AreEqual(rows > kept, sample.Seen > kept, "A sample must not pass for the whole.");
        Assert.IsLessThanOrEqualTo(kept + 1, watched.RowsRead);
    }

    [TestMethod]
    public void First_rows_end_where_cancelled() => Assert.Throws<OperationCanceledException>(() =>
        RowSample.OfFirstRows(Numbers(50), new DataDeclaration { Features = ["x"] }, new GuardOptions(), new CancellationToken(true)));

    private static RowSample Sample(int rows, int kept, int seed)
    {
        var view = Numbers(rows);
        return Fill(new RowSample(view.Schema, ["x"], kept, seed), view);
    }

    private static RowSample Fill(RowSample sample, IDataView view)
    {
        using var cursor = view.GetRowCursor(view.Schema);
        sample.Begin(cursor);
        for (long position = 0; cursor.MoveNext(); position++)
            sample.OnRow(position);
        return sample;
    }

    private static MemoryView Numbers(int rows) => new(rows, new MemoryColumn<float>("x", NumberDataViewType.Single, (long row, ref float value) => value = row));
}
