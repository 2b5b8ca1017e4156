using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Zoo.Architectures;

/// <summary>A plain recurrent layer over tokens or over numbers, its recurrent weights orthogonal, and a layer on its last state.</summary>
internal sealed class ElmanNetwork : Module<Tensor, Tensor>
{
    private readonly Embedding? embedding;
    private readonly RNN rnn;
    private readonly Linear head;

    public ElmanNetwork(NetworkShape shape, Traits traits)
        : base(nameof(ElmanNetwork))
    {
        embedding = shape.Vocabulary > 0 ? Embedding(shape.Vocabulary, 16) : null;
        rnn = RNN(shape.Vocabulary > 0 ? 16 : 1, 32, nonLinearity: traits.Activation == Activation.Tanh ? NonLinearities.Tanh : NonLinearities.ReLU, batchFirst: true);
        init.orthogonal_(rnn.get_parameter("weight_hh_l0")!);
        head = Linear(32, shape.Outputs);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var (_, hidden) = rnn.call(embedding is null ? x : embedding.call(x));
        return head.call(hidden[0]);
    }
}
