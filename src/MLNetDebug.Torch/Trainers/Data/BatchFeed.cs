using System.Runtime.InteropServices;
using TorchSharp;

namespace MLNetDebug.Torch.Trainers.Data;

/// <summary>
/// Batches of rows in an order, read ahead by a second thread into memory that is used again: the one handed out is valid until the next is asked for.
/// </summary>
internal sealed class BatchFeed : IDisposable
{
    // One is trained on, one waits, one is filled; small batches wait in greater numbers, up to so many bytes.
    private const int LeastAhead = 3;
    private const int MostAhead = 32;
    private const long BytesAhead = 4 << 20;

    private readonly RowStore _rows;
    private readonly Func<long, long> _rowAt;
    private readonly BatchForm _form;
    private readonly long _count;
    private readonly Batch[] _slots;
    private readonly BatchMemory? _own;
    private readonly SemaphoreSlim _free;
    private readonly SemaphoreSlim _full = new(0);

    // To wake the other thread takes longer than to fill a small batch: they hand over several at a time.
    private readonly int _group;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _reading;
    private Exception? _failure;
    private Batch? _last;

    /// <param name="rows">The rows.</param>
    /// <param name="rowAt">The row at each place of the order.</param>
    /// <param name="count">Places.</param>
    /// <param name="form">What batches look like.</param>
    /// <param name="first">The batch to begin with.</param>
    /// <param name="memory">Where batches lie; null for memory of its own.</param>
    public BatchFeed(RowStore rows, Func<long, long> rowAt, long count, BatchForm form, long first = 0, BatchMemory? memory = null)
    {
        (_rows, _rowAt, _form, _count) = (rows, rowAt, form, count);
        Batches = form.Batches(count);
        First = first;
        var ahead = (int)Math.Clamp(BytesAhead / ((long)form.Size * form.Slots * sizeof(float)), LeastAhead, MostAhead);
        (_free, _group) = (new SemaphoreSlim(ahead), Math.Max(1, ahead / 4));
        _own = memory is null ? new BatchMemory() : null;
        _slots = (memory ?? _own!).Take(form, (int)Math.Min(ahead, Batches), (int)Math.Min(form.Size, count));
        // A thread of its own: it waits most of the time, and the pool is other people's.
        _reading = Task.Factory.StartNew(Fill, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Batches of the whole order.</summary>
    public long Batches { get; }

    private long First { get; }

    /// <summary>The batches, once.</summary>
    public IEnumerable<Batch> Take(CancellationToken token)
    {
        var used = 0;
        for (var i = First; i < Batches; i++)
        {
            _full.Wait(token);
            if (_failure is { } failure)
                throw failure;
            yield return RowsOf(i) == _form.Size || Batches == 1 ? _slots[(i - First) % _slots.Length] : _last!.Value;
            if (++used == _group)
            {
                _free.Release(used);
                used = 0;
            }
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _reading.Wait();
        _last?.Dispose();
        _own?.Dispose();
        _free.Dispose();
        _full.Dispose();
        _end.Dispose();
    }

    private int RowsOf(long batch) => (int)Math.Min(_form.Size, _count - (batch * _form.Size));

    private void Fill()
    {
        var filled = 0;
        try
        {
            for (var i = First; i < Batches; i++)
            {
                _free.Wait(_end.Token);
                Fill(i);
                // Nobody shall wait for the first one longer than it takes.
                if (++filled == _group || i == First || i == Batches - 1)
                {
                    _full.Release(filled);
                    filled = 0;
                }
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The feed is disposed: nobody waits.
        }
        catch (Exception e)
        {
            _failure = e;
            _full.Release(filled + 1);
        }
    }

    private void Fill(long number)
    {
        var rows = RowsOf(number);
        var batch = rows == _form.Size || Batches == 1 ? _slots[(number - First) % _slots.Length] : (_last = _form.Empty(rows)).Value;
        var x = MemoryMarshal.Cast<byte, float>(batch.X.bytes);
        var targets = batch.Y.bytes;
        for (var i = 0; i < rows; i++)
        {
            var target = _rows.Read(_rowAt((number * _form.Size) + i), x.Slice(i * _form.Slots, _form.Slots));
            if (_form.HasClasses)
                MemoryMarshal.Cast<byte, long>(targets)[i] = (long)target;
            else
                MemoryMarshal.Cast<byte, float>(targets)[i] = (float)target;
        }
    }
}
