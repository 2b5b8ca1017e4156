using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Zoo.Architectures;

/// <summary>One encoder block without biases, normalised by RMSNorm, as language models of today are built.</summary>
internal sealed class Transformer : Module<Tensor, Tensor>
{
    private const int Width = 24;
    private readonly Traits _traits;
    private readonly Embedding embedding;
    private readonly Parameter positions;
    private readonly RmsNorm norm1;
    private readonly SelfAttention attention;
    private readonly RmsNorm norm2;
    private readonly Linear up;
    private readonly Linear down;
    private readonly RmsNorm norm3;
    private readonly Linear head;

    public Transformer(NetworkShape shape, Traits traits)
        : base(nameof(Transformer))
    {
        _traits = traits;
        embedding = Embedding(shape.Vocabulary, Width);
        positions = Parameter(0.1 * randn(shape.Row[0], Width));
        (norm1, attention) = (new RmsNorm(Width), new SelfAttention(Width, 2));
        (norm2, up, down) = (new RmsNorm(Width), Linear(Width, 2 * Width, hasBias: false), Linear(2 * Width, Width, hasBias: false));
        norm3 = new RmsNorm(Width);
        if (traits.Registration == Registration.BeforeHead)
            RegisterComponents();
        head = Linear(Width, shape.Outputs, hasBias: !traits.SharesWeights);
        if (traits.SharesWeights)
        {
            init.normal_(embedding.weight!, 0, 0.2);
            head.weight = embedding.weight!;
        }

        if (traits.Registration == Registration.Whole)
            RegisterComponents();
    }

    public override Tensor forward(Tensor x)
    {
        var h = embedding.call(x) + positions;
        h = h + attention.call(norm1.call(h));
        h = h + down.call(functional.silu(up.call(norm2.call(h))));
        return _traits.Ending.Apply(head.call(norm3.call(h).mean([1L])));
    }

    private sealed class RmsNorm : Module<Tensor, Tensor>
    {
        private readonly Parameter weight;

        public RmsNorm(int width)
            : base(nameof(RmsNorm))
        {
            weight = Parameter(ones(width));
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => x * (x.pow(2).mean([-1L], keepdim: true) + 1e-6).rsqrt() * weight;
    }

    private sealed class SelfAttention : Module<Tensor, Tensor>
    {
        private readonly int _heads;
        private readonly Linear query;
        private readonly Linear key;
        private readonly Linear value;
        private readonly Linear output;

        public SelfAttention(int width, int heads)
            : base(nameof(SelfAttention))
        {
            _heads = heads;
            (query, key) = (Linear(width, width, hasBias: false), Linear(width, width, hasBias: false));
            (value, output) = (Linear(width, width, hasBias: false), Linear(width, width, hasBias: false));
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            var (rows, length, width) = (x.shape[0], x.shape[1], x.shape[2]);
            Tensor Split(Tensor t) => t.reshape(rows, length, _heads, width / _heads).transpose(1, 2);
            var scores = matmul(Split(query.call(x)), Split(key.call(x)).transpose(-2, -1)) / Math.Sqrt((double)width / _heads);
            return output.call(matmul(functional.softmax(scores, -1), Split(value.call(x))).transpose(1, 2).reshape(rows, length, width));
        }
    }
}
