using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Zoo.Fuzz;

/// <summary>Runs code given to it: whatever stands between modules in a user's forward.</summary>
internal sealed class CodeModule(Func<Tensor, Tensor> code) : nn.Module<Tensor, Tensor>(nameof(CodeModule))
{
    public override Tensor forward(Tensor x) => code(x);
}

/// <summary>Children in a list that is or is not registered, called by <c>call</c> or by <c>forward</c>, with an addition around them or not.</summary>
internal sealed class BlockModule : nn.Module<Tensor, Tensor>
{
    private readonly List<nn.Module<Tensor, Tensor>> hidden;
    private readonly bool _byCall;
    private readonly bool _isResidual;

    public BlockModule(IEnumerable<nn.Module<Tensor, Tensor>> children, bool isRegistered, bool byCall, bool isResidual)
        : base(nameof(BlockModule))
    {
        hidden = [.. children];
        (_byCall, _isResidual) = (byCall, isResidual);
        if (!isRegistered)
            return;
        for (var i = 0; i < hidden.Count; i++)
            register_module($"part{i}", hidden[i]);
    }

    public override Tensor forward(Tensor x)
    {
        var y = hidden.Aggregate(x, (at, child) => _byCall ? child.call(at) : child.forward(at));
        return _isResidual && y.shape.SequenceEqual(x.shape) ? y + x : y;
    }
}

/// <summary>A module of several inputs and a tuple of outputs, within one of a single input.</summary>
internal sealed class RecurrentModule : nn.Module<Tensor, Tensor>
{
    private readonly LSTM lstm;

    public RecurrentModule(long width, long hidden)
        : base(nameof(RecurrentModule))
    {
        lstm = LSTM(width, hidden, batchFirst: true);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var (y, _, _) = lstm.call(x.dim() == 2 ? x.unsqueeze(1) : x);
        return y.select(1, -1);
    }
}

/// <summary>Attention of a sequence to itself, by libtorch's own module or by hand.</summary>
internal sealed class AttentionModule : nn.Module<Tensor, Tensor>
{
    private readonly MultiheadAttention attention;
    private readonly Linear query;
    private readonly Linear key;
    private readonly bool _byHand;

    public AttentionModule(long width, bool byHand)
        : base(nameof(AttentionModule))
    {
        attention = MultiheadAttention(width, 1);
        query = Linear(width, width, hasBias: false);
        key = Linear(width, width, hasBias: false);
        _byHand = byHand;
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var sequence = x.dim() == 2 ? x.unsqueeze(0) : x;
        if (!_byHand)
            return attention.call(sequence, sequence, sequence, null, false, null).Item1.reshape(x.shape);
        var scores = einsum("bij,bkj->bik", query.call(sequence), key.call(sequence));
        return einsum("bik,bkj->bij", functional.softmax(scores, -1), sequence).reshape(x.shape);
    }
}

/// <summary>Weights of the user's own that no module of TorchSharp's holds; frozen, empty, shared or not registered, as asked.</summary>
internal sealed class WeightModule : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Tensor counter = zeros(1);

    public WeightModule(Tensor initial, bool isFrozen, bool isRegistered)
        : base(nameof(WeightModule))
    {
        weight = Parameter(initial, requires_grad: !isFrozen);
        if (!isRegistered)
            return;
        register_parameter(nameof(weight), weight);
        register_buffer(nameof(counter), counter);
    }

    public override Tensor forward(Tensor x)
    {
        using (no_grad())
            counter.add_(1);
        return weight.numel() == 0 ? x : x * weight.flatten()[0];
    }
}
