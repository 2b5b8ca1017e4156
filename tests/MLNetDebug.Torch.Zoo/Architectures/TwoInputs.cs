using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Zoo.Architectures;

/// <summary>Two inputs, each with a branch of its own, joined before the head.</summary>
internal sealed class TwoInputs : Module<Tensor, Tensor, Tensor>
{
    private readonly int _width;
    private readonly Linear left;
    private readonly Linear right;
    private readonly Linear joined;
    private readonly Linear head;

    public TwoInputs(NetworkShape shape, Traits traits)
        : base(nameof(TwoInputs))
    {
        // Halves of a row, so that both can go through one branch.
        _width = shape.Width / 2;
        left = Linear(_width, 24, hasBias: traits.HasBias);
        right = Linear(_width, 24, hasBias: traits.HasBias);
        joined = Linear(48, 32, hasBias: traits.HasBias);
        head = Linear(32, shape.Outputs, hasBias: traits.HasOutputBias);
        RegisterComponents();
    }

    /// <summary>Calls the network with both halves of its rows.</summary>
    public Tensor CallOn(Tensor rows) => call(rows[TensorIndex.Colon, TensorIndex.Slice(0, _width)], rows[TensorIndex.Colon, TensorIndex.Slice(rows.shape[1] - _width)]);

    public override Tensor forward(Tensor a, Tensor b) =>
        head.call(functional.relu(joined.call(cat([functional.relu(left.call(a)), functional.relu(right.call(b))], 1))));
}
