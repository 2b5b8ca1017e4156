using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>One batch normalisation with running statistics: what it meets in evaluation, and its statistics gathered anew.</summary>
internal sealed class BatchNormState : IDisposable
{
    private readonly TorchSharp.Modules.BatchNorm _module;
    private readonly double? _momentum;
    private readonly Tensor _before;
    private readonly Average _met = new();
    private readonly Average _variance = new();
    private readonly Average _mean = new();

    public BatchNormState(string name, TorchSharp.Modules.BatchNorm module)
    {
        (Name, _module, _momentum) = (name, module, module.momentum);
        using var scope = NewDisposeScope();
        _before = module.running_var!.detach().to(ScalarType.Float64).clone().DetachFromDisposeScope();
    }

    public string Name { get; }

    /// <summary>Watches what the module is given until the result is called.</summary>
    public Action Watch()
    {
        var hook = _module.register_forward_pre_hook((module, input) =>
        {
            using var scope = NewDisposeScope();
            using var quiet = no_grad();
            var channels = input.detach().transpose(0, 1).flatten(1);
            // Running variances are averages of unbiased ones over batches: so is this. A single element has none.
            if (channels.shape[1] > 1)
                _met.Add(channels.to(ScalarType.Float64).var(1));
            return input;
        });
        return hook.remove;
    }

    /// <summary>Makes it gather statistics, each batch's alone.</summary>
    public void Gather()
    {
        _module.momentum = 1;
        _module.train();
    }

    /// <summary>Marks the variance: one that is still negative after a batch was not gathered. A NaN would stay for good, times 0.</summary>
    public void BeforeBatch()
    {
        using var _ = no_grad();
        _module.running_var!.fill_(-1);
    }

    /// <summary>Takes in what the last batch left.</summary>
    public void AfterBatch()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var variance = _module.running_var!.to(ScalarType.Float64);
        // A single element per channel has no variance.
        if (!variance.isfinite().all().item<bool>() || variance.min().item<double>() < 0)
            return;
        _variance.Add(variance);
        _mean.Add(_module.running_mean!.to(ScalarType.Float64));
    }

    /// <summary>Puts the statistics gathered in place of the running ones; false where no batch gave any.</summary>
    public bool Apply() => _variance.CopyTo(_module.running_var!) && _mean.CopyTo(_module.running_mean!);

    /// <summary>Variances met over running variances; null where no batch was seen.</summary>
    public BatchNormRatio? Ratio()
    {
        using var scope = NewDisposeScope();
        if ((_met.Value ?? _variance.Value) is not { } met)
            return null;
        // A channel that is dead in both has the ratio 1.
        var ratios = ((met + _module.eps) / (_before + _module.eps)).cpu().data<double>().ToArray();
        Array.Sort(ratios);
        var middle = ratios.Length / 2;
        return new BatchNormRatio(
            Name,
            ratios.Length % 2 == 1 ? ratios[middle] : (ratios[middle - 1] + ratios[middle]) / 2,
            (double)ratios.Count(r => !(r is >= 0.8 and <= 1.25)) / ratios.Length);
    }

    public void Dispose()
    {
        _module.momentum = _momentum;
        _before.Dispose();
        _met.Dispose();
        _variance.Dispose();
        _mean.Dispose();
    }

    /// <summary>A mean over batches.</summary>
    private sealed class Average : IDisposable
    {
        private Tensor? _sum;
        private long _count;

        public Tensor? Value => _sum is null ? null : _sum / _count;

        public void Add(Tensor value)
        {
            _count++;
            if (_sum is null)
                _sum = value.clone().DetachFromDisposeScope();
            else
                _sum.add_(value);
        }

        public bool CopyTo(Tensor target)
        {
            using var scope = NewDisposeScope();
            using var _ = no_grad();
            if (Value is not { } value)
                return false;
            target.copy_(value);
            return true;
        }

        public void Dispose() => _sum?.Dispose();
    }
}
