using static TorchSharp.torch;

namespace MLNetDebug.Torch.Trainers.Loop;

/// <summary>A network of one logit for each class, side by side: they share the rows and nothing else.</summary>
internal sealed class OneVersusAllNetwork : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.ModuleList<nn.Module<Tensor, Tensor>> _parts;

    public OneVersusAllNetwork(IEnumerable<nn.Module<Tensor, Tensor>> parts)
        : base(nameof(OneVersusAllNetwork))
    {
        _parts = nn.ModuleList([.. parts]);
        register_module("parts", _parts);
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return cat([.. _parts.Select(p => p.call(input))], 1).MoveToOuterDisposeScope();
    }
}
