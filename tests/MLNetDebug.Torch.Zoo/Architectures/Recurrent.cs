using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Zoo.Architectures;

/// <summary>An embedding, an LSTM, and a layer on its last state.</summary>
internal sealed class LstmClassifier : Module<Tensor, Tensor>
{
    private readonly Traits _traits;
    private readonly Embedding embedding;
    private readonly LSTM lstm;
    private readonly Linear head;

    public LstmClassifier(NetworkShape shape, Traits traits)
        : base(nameof(LstmClassifier))
    {
        _traits = traits;
        var width = traits.SharesWeights ? 32 : 16;
        embedding = Embedding(shape.Vocabulary, width);
        lstm = LSTM(width, 32, batchFirst: true);
        head = Linear(32, shape.Outputs, hasBias: traits.HasOutputBias);
        if (traits.SharesWeights)
        {
            init.normal_(embedding.weight!, 0, 0.2);
            head.weight = embedding.weight!;
        }

        if (traits.Registration != Registration.Forgotten)
            RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var (_, hidden, _) = lstm.call(embedding.call(x));
        return _traits.Ending.Apply(head.call(hidden[0]));
    }
}

/// <summary>A GRU over tokens or over numbers, and a layer on its last state.</summary>
internal sealed class GruNetwork : Module<Tensor, Tensor>
{
    private readonly Traits _traits;
    private readonly Embedding? embedding;
    private readonly GRU gru;
    private readonly Linear head;

    public GruNetwork(NetworkShape shape, Traits traits)
        : base(nameof(GruNetwork))
    {
        _traits = traits;
        embedding = shape.Vocabulary > 0 ? Embedding(shape.Vocabulary, 16) : null;
        gru = GRU(shape.Vocabulary > 0 ? 16 : 1, 32, batchFirst: true);
        head = Linear(32, shape.Outputs, hasBias: traits.HasOutputBias);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var (_, hidden) = gru.call(embedding is null ? x : embedding.call(x));
        return _traits.Ending.Apply(head.call(hidden[0]));
    }
}
