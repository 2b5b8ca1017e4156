using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Guards;
using MLNetDebug.Tests.Guards.Taps;
using MLNetDebug.Zoo.Views;

namespace MLNetDebug.Tests.Guards.Observation;

[TestClass]
public sealed class ObservedViewTests
{
    private const int Rows = 700;

    private static readonly MemoryView Source = EveryColumn.Of(Rows);

    // A cache hands out as many cursors as it is asked for.
    private static readonly IDataView Parallel = new MLContext(1).Data.Cache(Source);

    [TestMethod]
    public void Passes_that_nothing_may_end_are_handed_through_and_count_as_whole()
    {
        var monitor = new FitMonitor(keepsModel: true) { IsWatchful = false };
        var view = new ObservedView(Parallel, monitor);
        using (var cursor = view.GetRowCursor(Source.Schema))
            Assert.IsNotInstanceOfType<ObservedCursor>(cursor);
        foreach (var cursor in view.GetRowCursorSet(Source.Schema, 2))
        {
            Assert.IsNotInstanceOfType<ObservedCursor>(cursor);
            cursor.Dispose();
        }

        Assert.AreEqual((2, 2L * Rows), (monitor.Passes, monitor.Rows));
        // Of how many rows nobody knows: they are counted.
        using var counted = new ObservedView(new MemoryView(Rows, MemoryColumns.Of("A", NumberDataViewType.Single, new float[Rows])) { HidesRowCount = true }, monitor).GetRowCursor([]);
        Assert.IsInstanceOfType<ObservedCursor>(counted);
    }

    [TestMethod]
    public void Rows_pass_as_they_are()
    {
        var view = new ObservedView(Source, new FitMonitor(keepsModel: true));
        Assert.AreSame(Source.Schema, view.Schema);
        Assert.AreEqual(Rows, view.GetRowCount());
        CollectionAssert.AreEqual(ViewRows.Of(Source), ViewRows.Of(view));
        using var cursor = view.GetRowCursor([Source.Schema["Bool"]]);
        Assert.AreEqual("Bool", view.Schema.Single(cursor.IsColumnActive).Name);
        Assert.IsTrue(new ObservedView(Parallel, new FitMonitor(true)).CanShuffle);
        Assert.IsFalse(view.CanShuffle);
    }

    [TestMethod]
    public void Passes_and_rows_are_counted_also_of_a_pass_that_is_left()
    {
        var monitor = new FitMonitor(keepsModel: true);
        var view = new ObservedView(Source, monitor);
        Read(view.GetRowCursor([]), int.MaxValue);
        Read(view.GetRowCursor([], new Random(1)), int.MaxValue);
        Read(view.GetRowCursor([]), 300);
        Assert.AreEqual((3, 1, 1700L), (monitor.Passes, monitor.ShuffledPasses, monitor.Rows));
    }

    [TestMethod]
    public void Rows_are_known_to_the_last_256_while_a_pass_goes_on()
    {
        var monitor = new FitMonitor(keepsModel: true);
        using var cursor = new ObservedView(Source, monitor).GetRowCursor([]);
        for (var row = 1; row <= 600; row++)
        {
            cursor.MoveNext();
            Assert.IsInRange(row - 255, row, monitor.Rows);
        }
    }

    [TestMethod]
    public void Parallel_cursors_are_one_pass_and_share_its_rows()
    {
        var monitor = new FitMonitor(keepsModel: true);
        var set = new ObservedView(Parallel, monitor).GetRowCursorSet(Source.Schema, 3);
        Assert.HasCount(3, set);
        var rows = new string[3][];
        System.Threading.Tasks.Parallel.For(0, 3, i =>
        {
            using var cursor = set[i];
            rows[i] = ViewRows.Of(cursor);
        });
        CollectionAssert.AreEquivalent(ViewRows.Of(Source).Select(Cells).ToArray(), rows.SelectMany(r => r).Select(Cells).ToArray());
        Assert.AreEqual((1, (long)Rows), (monitor.Passes, monitor.Rows));
    }

    [TestMethod]
    public void A_pass_of_several_cursors_ends_with_the_last_of_them()
    {
        var monitor = new FitMonitor(keepsModel: true);
        var set = new ObservedView(Parallel, monitor).GetRowCursorSet([], 2);
        Array.ForEach(set, c => Assert.IsTrue(c.MoveNext()));
        monitor.Interrupt(StopReason.StopRequested);
        var rows = 2;
        foreach (var cursor in set)
        {
            while (cursor.MoveNext())
                rows++;
            Assert.IsFalse(cursor.MoveNext(), "The end stays the end.");
        }

        Assert.AreEqual(Rows, rows, "A trainer that has not seen every row once goes on.");
        Assert.IsFalse(new ObservedView(Parallel, monitor).GetRowCursorSet([], 2)[0].MoveNext());
    }

    [TestMethod]
    public void Cancelled_training_ends_before_the_next_row()
    {
        using var cancel = new CancellationTokenSource();
        var watched = new WatchedView(Source, _ => { });
        var monitor = new FitMonitor(keepsModel: true, cancellation: cancel.Token);
        using var cursor = new ObservedView(watched, monitor).GetRowCursor([]);
        Read(cursor, 10, dispose: false);
        monitor.Interrupt(StopReason.Cancelled);
        Assert.AreEqual(cancel.Token, Assert.ThrowsExactly<OperationCanceledException>(() => cursor.MoveNext()).CancellationToken);
        Assert.AreEqual(10, watched.RowsRead);
    }

    [TestMethod]
    public void A_graceful_stop_lets_the_first_pass_end_and_starves_the_next()
    {
        var monitor = new FitMonitor(keepsModel: true);
        var view = new ObservedView(Source, monitor);
        using var first = view.GetRowCursor([]);
        Read(first, 10, dispose: false);
        monitor.Interrupt(StopReason.StopRequested);
        Assert.AreEqual(Rows - 10, Read(first, int.MaxValue));
        using var second = view.GetRowCursor([]);
        Assert.AreEqual(0, Read(second, int.MaxValue, dispose: false));
        Assert.IsFalse(second.MoveNext(), "A starved cursor stays starved.");
        Assert.AreEqual(Rows, monitor.Rows);
    }

    [TestMethod]
    public void A_probe_follows_each_row_of_a_lone_cursor_and_none_of_a_parallel_set()
    {
        var probe = new Probe(Source.Schema["Int32"]);
        var asked = new AskedView(Source);
        using (var cursor = new ObservedView(asked, new FitMonitor(true) { Probe = probe }).GetRowCursor([Source.Schema["Bool"]]))
            Read(cursor, 2, dispose: false);
        CollectionAssert.AreEqual(new[] { "begin", "before", "row", "before", "row" }, probe.Seen);
        CollectionAssert.AreEqual(new[] { "Bool", "Int32" }, asked.Columns.ToArray());
        Array.ForEach(new ObservedView(Parallel, new FitMonitor(true) { Probe = probe }).GetRowCursorSet([], 2), c => Read(c, 3));
        Assert.HasCount(5, probe.Seen);
    }

    private static int Read(DataViewRowCursor cursor, int rows, bool dispose = true)
    {
        var read = 0;
        while (read < rows && cursor.MoveNext())
            read++;
        if (dispose)
            cursor.Dispose();
        return read;
    }

    private static string Cells(string row) => row[row.IndexOf(": ", StringComparison.Ordinal)..];

    private sealed class Probe(DataViewSchema.Column column) : IRowProbe
    {
        public List<string> Seen { get; } = [];

        public IEnumerable<DataViewSchema.Column> Columns => [column];

        public IRowProbe? Begin(DataViewRow row)
        {
            Seen.Add("begin");
            return this;
        }

        public void BeforeRow() => Seen.Add("before");

        public void OnRow() => Seen.Add("row");
    }
}
