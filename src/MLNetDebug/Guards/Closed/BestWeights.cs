namespace MLNetDebug.Guards;

/// <summary>The weights of the best epoch so far, kept beside the network.</summary>
internal sealed class BestWeights(TorchAccess torch) : IDisposable
{
    private Dictionary<string, object> _copies = [];
    private double _loss = double.PositiveInfinity;

    /// <summary>The epoch they are of; null where none was kept.</summary>
    public int? Epoch { get; private set; }

    /// <summary>Keeps the network's weights where the epoch's loss is the lowest so far; of epochs whose loss is not known, the last.</summary>
    public void Offer(object model, int epoch, double? loss)
    {
        var value = loss ?? double.NegativeInfinity;
        if (!(value <= _loss))
            return;
        var copies = torch.Parameters(model).Concat(torch.Buffers(model)).ToDictionary(t => t.Name, t => torch.Copy(t.Tensor));
        Dispose();
        (_copies, _loss, Epoch) = (copies, value, epoch);
    }

    /// <summary>Puts them back.</summary>
    public void Restore(object model)
    {
        using var recorded = torch.NoGradient();
        foreach (var (name, tensor) in torch.Parameters(model).Concat(torch.Buffers(model)))
        {
            if (_copies.TryGetValue(name, out var copy))
                torch.CopyInto(tensor, copy);
        }
    }

    public void Dispose()
    {
        foreach (var copy in _copies.Values)
            torch.Free(copy);
        _copies = [];
    }
}
