using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Zoo.Architectures;

/// <summary>Hidden layers made in a loop.</summary>
internal sealed class ListMlp : Module<Tensor, Tensor>
{
    private readonly Traits _traits;
    private readonly ModuleList<Module<Tensor, Tensor>>? layers;
    private readonly List<Module<Tensor, Tensor>>? blocks;
    private readonly Linear head;

    public ListMlp(NetworkShape shape, Traits traits)
        : base(nameof(ListMlp))
    {
        _traits = traits;
        Linear[] made = [.. Enumerable.Range(0, 3).Select(i => Linear(i == 0 ? shape.Width : 32, 32))];
        if (traits.SharesModule)
            made[2] = made[1];
        if (traits.Registration == Registration.InPlainList)
            blocks = [.. made];
        else
            layers = new ModuleList<Module<Tensor, Tensor>>(made);
        head = Linear(32, shape.Outputs, hasBias: traits.HasOutputBias);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        foreach (var layer in (IEnumerable<Module<Tensor, Tensor>>?)layers ?? blocks!)
            x = functional.relu(layer.call(x));
        return _traits.Ending.Apply(head.call(x));
    }
}
