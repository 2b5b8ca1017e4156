using MLNetDebug.Torch.Zoo.Data;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Zoo.Architectures;

/// <summary>Many linear layers without normalisation and without a way around them; tokens are embedded first. Each layer starts at the scale of its activation.</summary>
internal sealed class DeepStack : Module<Tensor, Tensor>
{
    private const int Hidden = 32;

    private readonly Activation _activation;
    private readonly Embedding? embedding;
    private readonly ModuleList<Module<Tensor, Tensor>> layers = [];
    private readonly Linear head;

    public DeepStack(NetworkShape shape, Traits traits, int depth)
        : base(nameof(DeepStack))
    {
        _activation = traits.Activation;
        embedding = shape.Kind == NetworkDataKind.Tokens ? Embedding(shape.Vocabulary, 8) : null;
        var width = embedding is null ? shape.Width : 8 * shape.Width;
        for (var i = 0; i < depth; i++)
        {
            var layer = Linear(i == 0 ? width : Hidden, Hidden);
            init.zeros_(layer.bias!);
            Draw(layer.weight);
            layers.Add(layer);
        }

        head = Linear(Hidden, shape.Outputs);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        x = (embedding?.call(x) ?? x).flatten(1);
        foreach (var layer in layers)
            x = _activation.Apply(layer.call(x));
        return head.call(x);
    }

    private void Draw(Tensor weight)
    {
        if (_activation == Activation.ReLU)
            init.kaiming_normal_(weight);
        else
            init.xavier_normal_(weight, init.calculate_gain(_activation == Activation.Tanh ? init.NonlinearityType.Tanh : init.NonlinearityType.Sigmoid));
    }
}
