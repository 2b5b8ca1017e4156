using System.IO.Hashing;
using System.Runtime.InteropServices;
using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Signals;

/// <summary>What the batches hold: one number that tells them apart, and their labels where these are classes.</summary>
internal sealed class BatchWatch
{
    private const int RunsRows = 10_000;

    // Enough of a tensor to tell batches apart; the rest is not read.
    private const int HashedBytes = 4096;

    private readonly Dictionary<long, long> _sizes = [];
    private readonly Dictionary<long, long> _labelledSizes = [];
    private readonly Dictionary<long, long> _classes = [];
    private readonly LabelRuns _runs = new(RunsRows);
    private readonly EpochOrder _order = new();
    private readonly XxHash64 _hash = new();
    private long[] _labels = [];
    private long _labelled;
    private long _oneLabel;
    private long _firstOneLabel = -1;
    private bool _isFirstEpoch = true;

    /// <summary>True where a batch held a tensor that was seen.</summary>
    public bool SawTensors { get; private set; }

    /// <summary>False as soon as a batch came whose last tensor holds no class per row.</summary>
    public bool HasClassLabels { get; private set; } = true;

    /// <summary>Rows of each class so far.</summary>
    public IReadOnlyDictionary<long, long> Classes => _classes;

    /// <summary>The class of each row of the last batch; empty where there are none.</summary>
    public ReadOnlySpan<long> Labels => HasClassLabels ? _labels.AsSpan(0, Rows) : [];

    private int Rows { get; set; }

    /// <param name="step">The step.</param>
    /// <param name="batch">Its tensors; the last holds the targets.</param>
    public void Add(long step, IReadOnlyList<Tensor> batch)
    {
        Rows = 0;
        if (batch.Count == 0)
        {
            // Batches that show nothing are not all alike.
            HasClassLabels = false;
            return;
        }

        SawTensors = true;
        _hash.Reset();
        for (var i = 0; i < batch.Count; i++)
            Hash(batch[i]);
        _order.Add(_hash.GetCurrentHashAsUInt64());

        var target = batch[^1];
        // `shape` calls back into this runtime for an array.
        var rows = target.Dimensions > 0 ? target.size(0) : 1;
        _sizes[rows] = _sizes.GetValueOrDefault(rows) + 1;
        if (rows > 0 && HasClassLabels && (HasClassLabels = ReadLabels(target, rows)))
            AddLabels(step);
    }

    public void EndEpoch()
    {
        _order.EndEpoch();
        _isFirstEpoch = false;
    }

    public BatchTrack ToTrack() => new()
    {
        Sizes = new Dictionary<long, long>(_sizes),
        HasClassLabels = HasClassLabels && _classes.Count > 0,
        ClassCounts = HasClassLabels ? Sorted(_classes) : new Dictionary<long, long>(),
        Labelled = _labelled,
        OneLabel = _oneLabel,
        FirstOneLabelStep = _firstOneLabel,
        LabelledSizes = new Dictionary<long, long>(_labelledSizes),
        LabelRunsZ = HasClassLabels ? _runs.Z : double.NaN,
        LabelRunsRows = _runs.Rows,
        ComparedEpochs = _order.Compared,
        RepeatedEpochs = _order.Repeated,
        BatchesPerEpoch = _order.Batches,
        DistinctBatches = _order.Distinct,
    };

    // A tree of ten classes takes as long to grow as all the rest of a track.
    private static OrderedDictionary<long, long> Sorted(Dictionary<long, long> counts)
    {
        var keys = counts.Keys.ToArray();
        Array.Sort(keys);
        var sorted = new OrderedDictionary<long, long>(keys.Length);
        foreach (var key in keys)
            sorted.Add(key, counts[key]);
        return sorted;
    }

    private void AddLabels(long step)
    {
        var labels = Labels;
        // Labels below 0 are left out by losses (ignore_index).
        foreach (var label in labels)
        {
            if (label >= 0)
                CollectionsMarshal.GetValueRefOrAddDefault(_classes, label, out _)++;
        }

        if (_classes.Count > BatchTrack.MaxClasses)
        {
            HasClassLabels = false;
            _classes.Clear();
            return;
        }

        if (_isFirstEpoch)
            _runs.Add(labels);
        if (labels.Length < 2 || labels[0] < 0)
            return;
        _labelled++;
        _labelledSizes[labels.Length] = _labelledSizes.GetValueOrDefault(labels.Length) + 1;
        if (labels.ContainsAnyExcept(labels[0]))
            return;
        _oneLabel++;
        _firstOneLabel = _firstOneLabel < 0 ? step : _firstOneLabel;
    }

    /// <summary>True where each row has one class: a whole number, or 0 and 1 in a column of floats.</summary>
    private bool ReadLabels(Tensor target, long rows)
    {
        var isWhole = target.dtype is ScalarType.Int64 or ScalarType.Int32 or ScalarType.Int16 or ScalarType.Byte or ScalarType.Int8 or ScalarType.Bool;
        if (rows > int.MaxValue || target.NumberOfElements != rows || target.is_sparse || !(isWhole || target.dtype is ScalarType.Float32 or ScalarType.Float64 or ScalarType.BFloat16 or ScalarType.Float16))
            return false;
        Rows = (int)rows;
        if (_labels.Length < Rows)
            _labels = new long[Rows];
        if (target.dtype == ScalarType.Int64 && TensorReader.LiesInMemory(target))
        {
            MemoryMarshal.Cast<byte, long>(target.bytes).CopyTo(_labels);
            return true;
        }

        using var scope = NewDisposeScope();
        using var none = no_grad();
        var host = target.detach().reshape(-1);
        if (!isWhole)
        {
            var values = MemoryMarshal.Cast<byte, float>(host.to(ScalarType.Float32).cpu().contiguous().bytes);
            for (var i = 0; i < values.Length; i++)
            {
                if (values[i] is not (0f or 1f))
                    return false;
                _labels[i] = (long)values[i];
            }

            return true;
        }

        MemoryMarshal.Cast<byte, long>(host.to(ScalarType.Int64).cpu().contiguous().bytes).CopyTo(_labels);
        return true;
    }

    private void Hash(Tensor tensor)
    {
        var count = tensor.NumberOfElements;
        _hash.Append(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in count)));
        if (count == 0)
            return;
        if (TensorReader.LiesInMemory(tensor) && count * tensor.ElementSize <= int.MaxValue)
        {
            Hash(tensor.bytes);
            return;
        }

        using var scope = NewDisposeScope();
        using var none = no_grad();
        var dense = tensor.is_sparse ? tensor.detach().SparseValues : tensor.detach();
        var some = dense.reshape(-1);
        var half = HashedBytes / 2 / some.ElementSize;
        if (some.NumberOfElements > 2 * half)
            some = cat([some.narrow(0, 0, half), some.narrow(0, some.NumberOfElements - half, half)]);
        _hash.Append(some.cpu().contiguous().bytes);
    }

    // The first rows alone may be padding, or a constant column.
    private void Hash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= HashedBytes)
        {
            _hash.Append(bytes);
            return;
        }

        _hash.Append(bytes[..(HashedBytes / 2)]);
        _hash.Append(bytes[^(HashedBytes / 2)..]);
    }
}
