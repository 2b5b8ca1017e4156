using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Zoo.NonFinite.Networks;

/// <summary>A softmax written by hand.</summary>
internal sealed class OwnSoftmax() : Module<Tensor, Tensor>(nameof(OwnSoftmax))
{
    public override Tensor forward(Tensor x)
    {
        var e = x.exp();
        return e / e.sum(1, keepdim: true);
    }
}

/// <summary>A layer and its probabilities.</summary>
internal sealed class ProbabilityHead : Module<Tensor, Tensor>
{
    private readonly Linear fc;
    private readonly OwnSoftmax normalise = new();

    public ProbabilityHead(int width, int classes)
        : base(nameof(ProbabilityHead))
    {
        fc = Linear(width, classes);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => normalise.call(fc.call(x));
}

/// <summary>Convolutions over raw pixels, and a head with its own softmax.</summary>
internal sealed class PixelCnn : Module<Tensor, Tensor>
{
    private readonly Sequential features = Sequential(("conv1", Conv2d(1, 8, 3)), ("act1", ReLU()), ("pool", MaxPool2d(2)), ("conv2", Conv2d(8, 16, 3)), ("act2", ReLU()), ("flat", Flatten()));
    private readonly ProbabilityHead head = new(16 * 4 * 4, 10);

    public PixelCnn()
        : base(nameof(PixelCnn)) => RegisterComponents();

    public override Tensor forward(Tensor x) => head.call(features.call(x));
}

/// <summary>Attention of one head over a sequence of which the padding is masked.</summary>
internal sealed class MaskedAttention : Module<Tensor, Tensor, Tensor>
{
    private readonly Linear q = Linear(16, 16);
    private readonly Linear k = Linear(16, 16);
    private readonly Linear v = Linear(16, 16);
    private readonly Linear o = Linear(16, 16);

    public MaskedAttention()
        : base(nameof(MaskedAttention)) => RegisterComponents();

    public override Tensor forward(Tensor x, Tensor padding)
    {
        var (query, key, value) = (q.call(x), k.call(x), v.call(x));
        var scores = query.matmul(key.transpose(1, 2)) / Math.Sqrt(16);
        scores = scores.masked_fill(padding.unsqueeze(1), double.NegativeInfinity);
        return o.call(functional.softmax(scores, -1).matmul(value));
    }
}

/// <summary>A layer of attention with its residual and its normalisation.</summary>
internal sealed class EncoderBlock : Module<Tensor, Tensor, Tensor>
{
    private readonly MaskedAttention attention = new();
    private readonly LayerNorm norm = LayerNorm(16);

    public EncoderBlock()
        : base(nameof(EncoderBlock)) => RegisterComponents();

    public override Tensor forward(Tensor x, Tensor padding) => norm.call(x + attention.call(x, padding));
}

/// <summary>Tokens through attention; token 0 is padding.</summary>
internal sealed class TokenClassifier : Module<Tensor, Tensor>
{
    private readonly Embedding embedding = Embedding(50, 16);
    private readonly EncoderBlock block = new();
    private readonly Linear head = Linear(16, 4);

    public TokenClassifier()
        : base(nameof(TokenClassifier)) => RegisterComponents();

    public override Tensor forward(Tensor tokens)
    {
        var padding = tokens.eq(0);
        var h = block.call(embedding.call(tokens), padding);
        return head.call(h.mean([1]));
    }
}

/// <summary>Ranks in [0, 1] to a normal distribution.</summary>
internal sealed class RankToNormal() : Module<Tensor, Tensor>(nameof(RankToNormal))
{
    public override Tensor forward(Tensor rank) => (2 * rank - 1).erfinv() * Math.Sqrt(2);
}

/// <summary>A series of ranks through an LSTM.</summary>
internal sealed class RankLstm : Module<Tensor, Tensor>
{
    private readonly RankToNormal transform = new();
    private readonly Linear frame = Linear(3, 8);
    private readonly LSTM lstm = LSTM(8, 16, batchFirst: true);
    private readonly Linear head = Linear(16, 1);

    public RankLstm()
        : base(nameof(RankLstm)) => RegisterComponents();

    public override Tensor forward(Tensor x)
    {
        var (output, _, _) = lstm.call(frame.call(transform.call(x)));
        return head.call(output.select(1, -1));
    }
}

/// <summary>Gives mean and logarithm of the variance.</summary>
internal sealed class GaussianEncoder : Module<Tensor, (Tensor Mean, Tensor LogVariance)>
{
    private readonly Linear hidden = Linear(12, 32);
    private readonly Linear mean = Linear(32, 4);
    private readonly Linear variance = Linear(32, 4);

    public GaussianEncoder()
        : base(nameof(GaussianEncoder)) => RegisterComponents();

    public override (Tensor Mean, Tensor LogVariance) forward(Tensor x)
    {
        var h = functional.relu(hidden.call(x));
        return (mean.call(h), variance.call(h));
    }
}

/// <summary>A variational autoencoder that is given features of any scale.</summary>
internal sealed class VariationalAutoencoder : Module<Tensor, Tensor>
{
    private readonly GaussianEncoder encoder = new();
    private readonly Linear decoder = Linear(4, 12);

    public VariationalAutoencoder()
        : base(nameof(VariationalAutoencoder)) => RegisterComponents();

    public override Tensor forward(Tensor x)
    {
        var (mean, logVariance) = encoder.call(x);
        return decoder.call(mean + (0.5 * logVariance).exp() * randn_like(mean));
    }
}

/// <summary>Standardises each feature over the batch.</summary>
internal sealed class Standardise() : Module<Tensor, Tensor>(nameof(Standardise))
{
    public override Tensor forward(Tensor x) => (x - x.mean([0], true)) / x.std(0, true, true);
}

/// <summary>A GRU whose outputs are averaged over the places that are not padding.</summary>
internal sealed class MeanPooledGru : Module<Tensor, Tensor>
{
    private readonly Embedding embedding = Embedding(40, 8);
    private readonly GRU gru = GRU(8, 16, batchFirst: true);
    private readonly Linear head = Linear(16, 3);

    public MeanPooledGru()
        : base(nameof(MeanPooledGru)) => RegisterComponents();

    public override Tensor forward(Tensor tokens)
    {
        var mask = tokens.ne(0).to(ScalarType.Float32).unsqueeze(-1);
        var (output, _) = gru.call(embedding.call(tokens));
        return head.call((output * mask).sum(1) / mask.sum(1));
    }
}

/// <summary>A layer on the squares of what it is given.</summary>
internal sealed class Quadratic : Module<Tensor, Tensor>
{
    private readonly Linear fc = Linear(8, 8);

    public Quadratic()
        : base(nameof(Quadratic)) => RegisterComponents();

    public override Tensor forward(Tensor x) => fc.call(x * x);
}

/// <summary>Several of them, one behind another.</summary>
internal sealed class PolynomialNetwork : Module<Tensor, Tensor>
{
    private readonly ModuleList<Module<Tensor, Tensor>> blocks = ModuleList<Module<Tensor, Tensor>>(new Quadratic(), new Quadratic(), new Quadratic(), new Quadratic());
    private readonly Linear head = Linear(8, 1);

    public PolynomialNetwork()
        : base(nameof(PolynomialNetwork)) => RegisterComponents();

    public override Tensor forward(Tensor x)
    {
        foreach (var block in blocks)
            x = block.call(x);
        return head.call(x);
    }
}

/// <summary>Angles between an embedding and one direction per class; the layers are called by <c>forward</c>.</summary>
internal sealed class AngularCnn : Module<Tensor, Tensor>
{
    private readonly Conv2d conv = Conv2d(1, 4, 3);
    private readonly Linear fc = Linear(4 * 36, 8);
    private readonly Parameter directions;

    public AngularCnn()
        : base(nameof(AngularCnn))
    {
        directions = Parameter(randn(10, 8));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var h = fc.forward(functional.relu(conv.forward(x)).flatten(1));
        // Meant to be of length 1; only the directions are made so.
        var unit = directions / directions.norm(1, true, 2);
        return h.matmul(unit.t()).acos();
    }
}

/// <summary>Rows of length 1.</summary>
internal sealed class UnitRows() : Module<Tensor, Tensor>(nameof(UnitRows))
{
    public override Tensor forward(Tensor x) => x / x.norm(1, true, 2);
}

/// <summary>One normalisation in two places.</summary>
internal sealed class TwiceNormalised : Module<Tensor, Tensor>
{
    private readonly Linear fc1 = Linear(6, 16);
    private readonly UnitRows unit = new();
    private readonly Linear fc2 = Linear(16, 16);
    private readonly Linear head = Linear(16, 3);

    public TwiceNormalised()
        : base(nameof(TwiceNormalised)) => RegisterComponents();

    public override Tensor forward(Tensor x)
    {
        x = unit.call(fc1.call(x));
        return head.call(unit.call(functional.relu(fc2.call(x))));
    }
}
