using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Guards;
using MLNetDebug.Zoo.Views;

namespace MLNetDebug.Tests.Guards.Taps;

/// <summary>Rows that were kept are the rows that went by, whatever ML.NET lets a column be.</summary>
[TestClass]
public sealed class SampledViewTests
{
    private const int Rows = 60;

    private static readonly MemoryView Source = EveryColumn.Of(Rows);

    [TestMethod]
    public void Every_type_of_column_comes_back_bit_by_bit()
    {
        var kept = Kept(Rows).ToView(TimeSpan.MaxValue);
        CollectionAssert.AreEqual(Source.Schema.Select(c => $"{c.Name} {c.Type} {ViewRows.AnnotationsOf(c)}").ToArray(), kept.Schema.Select(c => $"{c.Name} {c.Type} {ViewRows.AnnotationsOf(c)}").ToArray());
        Assert.AreEqual(Rows, kept.GetRowCount());
        CollectionAssert.AreEqual(ViewRows.Of(Source), ViewRows.Of(kept));
        CollectionAssert.AreEqual(ViewRows.Of(Source), ViewRows.Of(kept), "A second cursor begins anew.");
    }

    [TestMethod]
    public void Cells_of_a_draw_are_those_of_its_positions()
    {
        var sample = Kept(20);
        var (all, drawn) = (ViewRows.Of(Source), ViewRows.Of(sample.ToView(TimeSpan.MaxValue)));
        Assert.HasCount(20, drawn);
        for (var i = 0; i < drawn.Length; i++)
            Assert.AreEqual(Cells(all[sample.Positions[i]]), Cells(drawn[i]));
    }

    [TestMethod]
    public void Writing_into_a_vector_that_was_read_changes_no_other_reading()
    {
        var kept = Kept(Rows).ToView(TimeSpan.MaxValue);
        var before = ViewRows.Of(kept);
        using var cursor = kept.GetRowCursor(kept.Schema);
        var getter = cursor.GetGetter<VBuffer<float>>(kept.Schema["Dense"]);
        VBuffer<float> value = default;
        while (cursor.MoveNext())
        {
            getter(ref value);
            VBufferEditor.CreateFromBuffer(ref value).Values.Fill(-99);
        }

        CollectionAssert.AreEqual(before, ViewRows.Of(kept));
    }

    [TestMethod]
    public void Only_what_is_asked_for_is_active_and_a_wrong_type_is_said()
    {
        var kept = Kept(Rows).ToView(TimeSpan.MaxValue);
        using var cursor = kept.GetRowCursor([kept.Schema["Double"]]);
        Assert.AreEqual("Double", cursor.Schema.Single(cursor.IsColumnActive).Name);
        Assert.Contains("Column 'Double' is Double", Assert.ThrowsExactly<InvalidOperationException>(() => cursor.GetGetter<float>(kept.Schema["Double"])).Message);
    }

    [TestMethod]
    public void Cells_that_hold_what_is_gone_with_their_row_are_not_kept()
    {
        var images = new DataViewSchema.Builder();
        images.AddColumn("Image", new Microsoft.ML.Transforms.Image.ImageDataViewType(4, 4));
        Assert.IsNull(SampledColumn.Create(images.ToSchema()["Image"]));
    }

    [TestMethod]
    public void A_limit_of_time_ends_a_cursor_but_not_before_32_rows()
    {
        Assert.HasCount(SampledView.MinRows, ViewRows.Of(Kept(Rows).ToView(TimeSpan.Zero)));
        Assert.HasCount(25, ViewRows.Of(Kept(25).ToView(TimeSpan.Zero)));
    }

    private static RowSample Kept(int rows)
    {
        var sample = new RowSample(Source.Schema, Source.Schema.Select(c => c.Name), rows, 3);
        using var cursor = Source.GetRowCursor(Source.Schema);
        sample.Begin(cursor);
        for (var row = 0; cursor.MoveNext(); row++)
            sample.OnRow(row);
        return sample;
    }

    private static string Cells(string row) => row[row.IndexOf(": ", StringComparison.Ordinal)..];
}
