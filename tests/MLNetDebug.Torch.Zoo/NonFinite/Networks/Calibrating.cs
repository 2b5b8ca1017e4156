using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Zoo.NonFinite.Networks;

/// <summary>Any code as a module.</summary>
internal sealed class Code(Func<Tensor, Tensor> code) : Module<Tensor, Tensor>(nameof(Code))
{
    public override Tensor forward(Tensor x) => code(x);
}

/// <summary>Code of its own between two layers, which it calls or whose <c>forward</c> it calls.</summary>
internal sealed class Between : Module<Tensor, Tensor>
{
    private readonly Func<Tensor, Tensor> _code;
    private readonly bool _byForward;
    private readonly Linear fc1;
    private readonly Linear fc2;

    public Between(int width, int outputs, Func<Tensor, Tensor> code, bool byForward = false, bool hasBias = true)
        : base(nameof(Between))
    {
        (_code, _byForward) = (code, byForward);
        (fc1, fc2) = (Linear(width, 8, hasBias), Linear(8, outputs));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => _byForward ? fc2.forward(_code(fc1.forward(x))) : fc2.call(_code(fc1.call(x)));
}

/// <summary>A module in a module in a network.</summary>
internal sealed class Nested : Module<Tensor, Tensor>
{
    private readonly Linear stem = Linear(6, 6);
    private readonly Sequential body;
    private readonly Linear head = Linear(8, 2);

    public Nested(Func<Tensor, Tensor> code)
        : base(nameof(Nested))
    {
        body = Sequential(("inner", new Between(6, 8, code)), ("act", Tanh()));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => head.call(body.call(stem.call(x)));
}

/// <summary>TorchSharp's own attention with a padding mask.</summary>
internal sealed class PaddedAttention : Module<Tensor, Tensor>
{
    private readonly Linear stem = Linear(3, 8);
    private readonly MultiheadAttention attention = MultiheadAttention(8, 2);
    private readonly Linear head = Linear(8, 1);

    public PaddedAttention()
        : base(nameof(PaddedAttention)) => RegisterComponents();

    public override Tensor forward(Tensor x)
    {
        var h = stem.call(x).transpose(0, 1);
        var (output, _) = attention.call(h, h, h, x.select(2, 0).eq(0), true, null!);
        return head.call(output.mean([0]));
    }
}

/// <summary>Scores of places that are masked with -infinity, a softmax module behind, and a division behind that.</summary>
internal sealed class MaskedScores : Module<Tensor, Tensor>
{
    private readonly Func<Tensor, Tensor> _code;
    private readonly Linear fc = Linear(6, 6);
    private readonly Softmax softmax = Softmax(1);
    private readonly Linear head = Linear(6, 1);

    public MaskedScores(Func<Tensor, Tensor> code)
        : base(nameof(MaskedScores))
    {
        _code = code;
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => head.call(_code(softmax.call(fc.call(x).masked_fill(x < 0, double.NegativeInfinity))));
}

/// <summary>Two returns, of which one goes through a root.</summary>
internal sealed class TwoHeads : Module<Tensor, (Tensor Mean, Tensor Spread)>
{
    private readonly Linear mean = Linear(6, 1);
    private readonly Linear spread = Linear(6, 1);

    public TwoHeads()
        : base(nameof(TwoHeads)) => RegisterComponents();

    public override (Tensor Mean, Tensor Spread) forward(Tensor x) => (mean.call(x), spread.call(x).sqrt());
}

/// <summary>A network around them.</summary>
internal sealed class WithTwoHeads : Module<Tensor, Tensor>
{
    private readonly Linear fc = Linear(6, 6);
    private readonly TwoHeads heads = new();

    public WithTwoHeads()
        : base(nameof(WithTwoHeads)) => RegisterComponents();

    public override Tensor forward(Tensor x)
    {
        var (mean, spread) = heads.call(fc.call(x));
        return mean + spread;
    }
}

/// <summary>An LSTM, whose gates bear infinity, on what code makes of a series.</summary>
internal sealed class RecurrentOn : Module<Tensor, Tensor>
{
    private readonly Code mid;
    private readonly LSTM lstm = LSTM(3, 4, batchFirst: true);
    private readonly Linear head = Linear(4, 1);

    public RecurrentOn(Func<Tensor, Tensor> code)
        : base(nameof(RecurrentOn))
    {
        mid = new Code(code);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => head.call(lstm.call(mid.call(x)).Item1.select(1, -1));
}

/// <summary>Attention in the network's own code; rows of zeros are padding.</summary>
internal sealed class OwnAttention : Module<Tensor, Tensor>
{
    private readonly Linear key = Linear(6, 8);
    private readonly Linear query = Linear(6, 8);
    private readonly Linear value = Linear(6, 8);
    private readonly Identity mask = Identity();
    private readonly Linear head = Linear(8, 1);

    public OwnAttention()
        : base(nameof(OwnAttention)) => RegisterComponents();

    public override Tensor forward(Tensor x)
    {
        var padding = mask.call(x.eq(0).all(2));
        var weights = query.call(x).matmul(key.call(x).transpose(1, 2)).masked_fill(padding.unsqueeze(1), double.NegativeInfinity).softmax(-1);
        return head.call(weights.matmul(value.call(x))).mean([1]);
    }
}

/// <summary>The mean of embedded tokens; token 0 is none.</summary>
internal sealed class TokenMean : Module<Tensor, Tensor>
{
    private readonly Embedding embedding = Embedding(20, 6);
    private readonly MaskedMean pool = new();
    private readonly Linear head = Linear(6, 1);

    public TokenMean()
        : base(nameof(TokenMean)) => RegisterComponents();

    public override Tensor forward(Tensor tokens) => head.call(pool.call(embedding.call(tokens), tokens.ne(0)));

    private sealed class MaskedMean() : Module<Tensor, Tensor, Tensor>(nameof(MaskedMean))
    {
        public override Tensor forward(Tensor x, Tensor mask)
        {
            var weights = mask.unsqueeze(-1).to(x.dtype);
            return (x * weights).sum(1) / weights.sum(1);
        }
    }
}
