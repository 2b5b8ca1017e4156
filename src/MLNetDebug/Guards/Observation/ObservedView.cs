using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Guards;

/// <summary>
/// The data as a trainer reads it under a guard: the same rows, columns and order, each cursor counted and asked at every row whether training shall go on, where anybody may want an end.
/// Getters are the source's own, so that reading a row costs what it did.
/// </summary>
internal sealed class ObservedView(IDataView source, FitMonitor monitor) : IDataView
{
    public bool CanShuffle => source.CanShuffle;

    public DataViewSchema Schema => source.Schema;

    public long? GetRowCount() => source.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var needed = monitor.Probe is { } probe ? columnsNeeded.Concat(probe.Columns).DistinctBy(c => c.Index) : columnsNeeded;
        monitor.BeginPass(isShuffled: rand is not null);
        var inner = source.GetRowCursor(needed, rand);
        return HandsThrough() ? inner : new ObservedCursor(inner, monitor, new PassCursors(1));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        monitor.BeginPass(isShuffled: rand is not null);
        var inner = source.GetRowCursorSet(columnsNeeded, n, rand);
        if (HandsThrough())
            return inner;
        var pass = new PassCursors(inner.Length);
        return [.. inner.Select(c => new ObservedCursor(c, monitor, pass))];
    }

    /// <summary>True where a pass needs no watching; it counts as whole.</summary>
    private bool HandsThrough()
    {
        if (monitor.IsWatchful || monitor.Probe is not null || GetRowCount() is not { } rows)
            return false;
        monitor.AddRows(rows);
        return true;
    }
}

/// <summary>The cursors that share one pass: it ends with the last of them.</summary>
internal sealed class PassCursors(int count)
{
    private int _open = count;

    /// <summary>True where several read at once.</summary>
    public bool AreSeveral { get; } = count > 1;

    /// <summary>One of them came to the end of its rows.</summary>
    /// <returns>True for the last.</returns>
    public bool End() => Interlocked.Decrement(ref _open) == 0;
}

/// <summary>One cursor of an <see cref="ObservedView"/>.</summary>
internal sealed class ObservedCursor : DataViewRowCursor
{
    /// <summary>Rows between two sums: the total is read by another thread and need not be exact to the row.</summary>
    private const int RowsPerSum = 256;

    private readonly DataViewRowCursor _inner;
    private readonly FitMonitor _monitor;
    private readonly PassCursors _pass;
    private readonly IRowProbe? _probe;
    private int _rows;
    private bool _starved;
    private bool _ended;

    public ObservedCursor(DataViewRowCursor inner, FitMonitor monitor, PassCursors pass)
    {
        (_inner, _monitor, _pass) = (inner, monitor, pass);
        // A probe follows the steps of a trainer that reads rows one after the other; several cursors at once have no such order.
        _probe = pass.AreSeveral ? null : monitor.Probe?.Begin(inner);
    }

    public override long Position => _inner.Position;

    public override long Batch => _inner.Batch;

    public override DataViewSchema Schema => _inner.Schema;

    public override bool IsColumnActive(DataViewSchema.Column column) => _inner.IsColumnActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _inner.GetGetter<TValue>(column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => _inner.GetIdGetter();

    public override bool MoveNext()
    {
        // Trainers read millions of rows: where nobody watches and nobody wants an end, a row costs one read and one count beside its own.
        if (_probe is null && !_monitor.IsInterrupted)
            return _inner.MoveNext() ? Count() : End();
        if (_starved)
            return false;
        _probe?.BeforeRow();
        if (_monitor.IsInterrupted && !_monitor.MayGoOn())
        {
            _starved = true;
            return false;
        }

        if (!_inner.MoveNext())
            return End();
        _probe?.OnRow();
        return Count();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Sum();
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool Count()
    {
        if (++_rows == RowsPerSum)
            Sum();
        return true;
    }

    private bool End()
    {
        Sum();
        if (!_ended && _pass.End())
            _monitor.EndPass();
        _ended = true;
        return false;
    }

    private void Sum()
    {
        _monitor.AddRows(_rows);
        _rows = 0;
    }
}

/// <summary>Follows the rows a trainer reads one after the other, on the trainer's own thread.</summary>
internal interface IRowProbe
{
    /// <summary>Columns it reads itself.</summary>
    IEnumerable<DataViewSchema.Column> Columns { get; }

    /// <summary>A pass begins; gives what follows it, or null where this pass is of no interest.</summary>
    IRowProbe? Begin(DataViewRow row);

    /// <summary>The trainer asks for the next row: what it did with the rows before is done.</summary>
    void BeforeRow();

    /// <summary>The next row is there.</summary>
    void OnRow();
}
