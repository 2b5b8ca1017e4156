using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Guards;
using MLNetDebug.Zoo.Views;

namespace MLNetDebug.Tests.Guards.Taps;

[TestClass]
public sealed class TappedViewTests
{
    private const int Rows = 50;

    private static readonly MemoryView Source = EveryColumn.Of(Rows);

    [TestMethod]
    public void Rows_pass_as_they_are_while_taps_read_along_and_afterwards()
    {
        var tap = new Tap("Int32");
        var view = new TappedView(Source, tap);
        Assert.AreSame(Source.Schema, view.Schema);
        Assert.AreEqual(Rows, view.GetRowCount());
        Assert.AreEqual(Source.CanShuffle, view.CanShuffle);
        CollectionAssert.AreEqual(ViewRows.Of(Source), ViewRows.Of(view));
        CollectionAssert.AreEqual(Source.GetColumn<int>("Int32").ToArray(), tap.Values);
        CollectionAssert.AreEqual(Enumerable.Range(0, Rows).Select(i => (long)i).ToArray(), tap.Positions);
        CollectionAssert.AreEqual(ViewRows.Of(Source), ViewRows.Of(view), "A second pass.");
        Assert.HasCount(Rows, tap.Values, "A second pass is not tapped.");
    }

    [TestMethod]
    public void A_tap_reads_its_column_though_nobody_else_does()
    {
        var (tap, other) = (new Tap("Int32"), new Tap("Absent"));
        var view = new TappedView(Source, tap, other);
        using (var cursor = view.GetRowCursor([Source.Schema["Bool"]]))
        {
            Assert.IsTrue(cursor.IsColumnActive(Source.Schema["Bool"]));
            Assert.IsFalse(cursor.IsColumnActive(Source.Schema["Single"]));
            while (cursor.MoveNext())
                Assert.AreEqual(tap.Positions[^1], cursor.Position);
            Assert.AreEqual(-1, cursor.Position);
        }

        CollectionAssert.AreEqual(Source.GetColumn<int>("Int32").ToArray(), tap.Values);
        Assert.HasCount(Rows, other.Positions, "A tap without columns counts rows.");
    }

    [TestMethod]
    public void A_column_that_reader_and_tap_both_want_is_asked_for_once()
    {
        var asked = new AskedView(Source);
        using var cursor = new TappedView(asked, new Tap("Int32"), new Tap("Int32"), new Tap("Int64")).GetRowCursor(Source.Schema.Where(c => c.Name is "Int32" or "Bool"));
        CollectionAssert.AreEqual(new[] { "Bool", "Int32", "Int64" }, asked.Columns.Order().ToArray());
    }

    [TestMethod]
    public void A_set_of_cursors_is_one_cursor_so_that_rows_come_in_order()
    {
        var tap = new Tap("Int32");
        var set = new TappedView(Source, tap).GetRowCursorSet(Source.Schema, 4);
        CollectionAssert.AreEqual(ViewRows.Of(Source), ViewRows.Of(set.Single()));
        Assert.HasCount(Rows, tap.Positions);
    }

    [TestMethod]
    public void Taps_see_what_the_reader_sees_and_no_row_further()
    {
        var tap = new Tap("Int32");
        using var cursor = new TappedView(Source, tap).GetRowCursor([]);
        Assert.IsEmpty(tap.Positions);
        for (var i = 1; i <= 7; i++)
        {
            cursor.MoveNext();
            Assert.HasCount(i, tap.Positions);
        }
    }

    [TestMethod]
    public void A_cursor_that_is_disposed_of_disposes_of_the_sources()
    {
        var asked = new AskedView(Source);
        new TappedView(asked, new Tap("Int32")).GetRowCursor([]).Dispose();
        Assert.AreEqual(1, asked.Disposed);
    }

    private sealed class Tap(string column) : IRowTap
    {
        private ValueGetter<int>? _getter;

        public List<long> Positions { get; } = [];

        public List<int> Values { get; } = [];

        public IEnumerable<string> Columns => [column];

        public void Begin(DataViewRow row) => _getter = row.Schema.GetColumnOrNull(column) is { } there && there.Type == NumberDataViewType.Int32 ? row.GetGetter<int>(there) : null;

        public void OnRow(long position)
        {
            Positions.Add(position);
            if (_getter is null)
                return;
            var value = 0;
            _getter(ref value);
            Values.Add(value);
        }
    }
}
