namespace MLNetDebug.Guards;

/// <summary>Signals in their order, bounded: when the log is full every second one is dropped, so that it always spans the whole run.</summary>
internal sealed class SignalLog(IProgress<FitSignal>? told)
{
    /// <summary>At most so many are kept.</summary>
    public const int MaxSignals = 10_000;

    private readonly Dictionary<int, (double Sum, long Count)> _losses = [];
    private readonly List<FitSignal> _signals = [];
    private int _stride = 1;
    private long _seen;

    /// <summary>What is kept.</summary>
    public IReadOnlyList<FitSignal> Signals => _signals;

    public void Add(FitSignal signal)
    {
        told?.Report(signal);
        if (signal is { Epoch: { } epoch, Loss: { } loss })
        {
            var (sum, count) = _losses.GetValueOrDefault(epoch);
            _losses[epoch] = (sum + loss, count + 1);
        }

        if (_seen++ % _stride != 0)
            return;
        _signals.Add(signal);
        if (_signals.Count < MaxSignals)
            return;
        var kept = _signals.Where((_, i) => i % 2 == 0).ToArray();
        _signals.Clear();
        _signals.AddRange(kept);
        _stride *= 2;
    }

    /// <summary>Mean loss of an epoch's steps; null where none showed a loss.</summary>
    public double? MeanLoss(int epoch) => _losses.TryGetValue(epoch, out var l) ? l.Sum / l.Count : null;
}
