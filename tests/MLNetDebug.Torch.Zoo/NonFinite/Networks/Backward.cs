using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Zoo.NonFinite.Networks;

/// <summary>A log that is meant to be safe.</summary>
internal sealed class SafeLog() : Module<Tensor, Tensor>(nameof(SafeLog))
{
    public override Tensor forward(Tensor x) => where(x > 0, x.log(), zeros_like(x));
}

/// <summary>The distance of two rows.</summary>
internal sealed class Distance() : Module<Tensor, Tensor, Tensor>(nameof(Distance))
{
    public override Tensor forward(Tensor a, Tensor b) => (a - b).pow(2).sum(1).sqrt();
}

/// <summary>Two images through one encoder, and their distance.</summary>
internal sealed class Siamese : Module<Tensor, Tensor>
{
    private readonly Sequential encoder = Sequential(("conv", Conv2d(1, 6, 3)), ("act", ReLU()), ("flat", Flatten()), ("fc", Linear(6 * 36, 8)));
    private readonly Distance distance = new();

    public Siamese()
        : base(nameof(Siamese)) => RegisterComponents();

    public override Tensor forward(Tensor pair) => distance.call(encoder.call(pair.slice(1, 0, 1, 1)), encoder.call(pair.slice(1, 1, 2, 1)));
}

/// <summary>Signs of what it is given, and 0 for 0.</summary>
internal sealed class Binarise() : Module<Tensor, Tensor>(nameof(Binarise))
{
    public override Tensor forward(Tensor x) => where(x.eq(0), zeros_like(x), x / x.abs());
}

/// <summary>The signed square root that bilinear pooling uses.</summary>
internal sealed class PowerNormalisation() : Module<Tensor, Tensor>(nameof(PowerNormalisation))
{
    public override Tensor forward(Tensor x) => x.sign() * x.abs().pow(0.5);
}

/// <summary>Mean over the image, then the signed square root.</summary>
internal sealed class PowerPooling : Module<Tensor, Tensor>
{
    private readonly AdaptiveAvgPool2d mean = AdaptiveAvgPool2d(1);
    private readonly PowerNormalisation power = new();

    public PowerPooling()
        : base(nameof(PowerPooling)) => RegisterComponents();

    public override Tensor forward(Tensor x) => power.call(mean.call(x).flatten(1));
}

/// <summary>Convolutions with power pooling.</summary>
internal sealed class PowerCnn : Module<Tensor, Tensor>
{
    private readonly Conv2d conv = Conv2d(1, 24, 3);
    private readonly Dropout2d drop = Dropout2d(0.3);
    private readonly PowerPooling pool = new();
    private readonly Linear head = Linear(24, 10);

    public PowerCnn()
        : base(nameof(PowerCnn)) => RegisterComponents();

    public override Tensor forward(Tensor x) => head.call(pool.call(drop.call(functional.relu(conv.call(x)))));
}

/// <summary>Mean and standard deviation over time, as speaker networks take them.</summary>
internal sealed class StatisticsGru : Module<Tensor, Tensor>
{
    private readonly Linear frame = Linear(5, 8);
    private readonly GRU gru = GRU(16, 8, batchFirst: true);
    private readonly Linear head = Linear(8, 4);

    public StatisticsGru()
        : base(nameof(StatisticsGru)) => RegisterComponents();

    public override Tensor forward(Tensor x)
    {
        // [n, windows, frames, features]
        var h = functional.relu(frame.call(x));
        var mean = h.mean([2]);
        var deviation = ((h - mean.unsqueeze(2)) * (h - mean.unsqueeze(2))).mean([2]).sqrt();
        var (_, hidden) = gru.call(cat([mean, deviation], 2));
        return head.call(hidden[0]);
    }
}

/// <summary>The entropy of each row's probabilities beside them.</summary>
internal sealed class WithEntropy() : Module<Tensor, Tensor>(nameof(WithEntropy))
{
    public override Tensor forward(Tensor p) => cat([p, special.entr(p).sum(1, keepdim: true)], 1);
}
