using MLNetDebug.Torch.Zoo.Data;
using MLNetDebug.Torch.Zoo.Programs;
using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Data;

namespace MLNetDebug.Torch.Zoo.Mending;

/// <summary>A training that goes wrong in a way a guard may mend.</summary>
/// <param name="Plan">The healthy plan.</param>
/// <param name="Base">The base's id.</param>
/// <param name="Seed">The seed of network, draw and order.</param>
/// <param name="RateFactor">How many times too high the rate is; 1 where a batch is spoilt instead.</param>
/// <param name="Spike">By how much one batch is spoilt; 1 where the rate is too high instead.</param>
internal sealed record MendCase(NetworkPlan Plan, string Base, int Seed, double RateFactor, double Spike)
{
    /// <summary>Passes over the training rows.</summary>
    public const int Epochs = 25;

    // Of five seeds three have a rate too high, two a spoilt batch.
    private const int Seeds = 5;

    private static readonly OptimizerPlan PlainSgd = OptimizerPlan.Sgd;

    private static readonly (NetworkPlan Plan, string Base)[] Healthy =
    [
        (NetworkPlans.Mlp with { Optimizer = PlainSgd }, "breast_cancer"),
        (NetworkPlans.TanhMlp, "spirals"),
        (NetworkPlans.DeepMlp, "breast_cancer"),
        (NetworkPlans.Cnn, "blobs"),
        (NetworkPlans.Lstm, "parity"),

        (NetworkPlans.Mlp with { Optimizer = PlainSgd }, "digits"),
        (NetworkPlans.Mlp, "clusters"),
        (NetworkPlans.TanhMlp, "moons"),
        (NetworkPlans.DeepMlp, "clusters"),
        (NetworkPlans.Cnn with { Optimizer = PlainSgd }, "digits"),
        (NetworkPlans.BatchNormCnn, "bars"),
        (NetworkPlans.Gru, "first-token"),
        (NetworkPlans.Transformer, "majority"),
    ];

    public string Id => $"{Plan.Architecture}-{Base}-{Seed}-{(RateFactor > 1 ? $"rate x {RateFactor:0}" : $"spike x {Spike:0}")}";

    /// <summary>The cases of one split: forty on Score.</summary>
    public static IEnumerable<MendCase> Of(Split split, int firstSeed) =>
        from healthy in Healthy
        where NetworkBases.Named(healthy.Base).Split == split
        from i in Enumerable.Range(0, Seeds)
        select Draw(healthy.Plan, healthy.Base, firstSeed + i, i);

    /// <summary>The same without its fault.</summary>
    public MendCase Twin => this with { RateFactor = 1, Spike = 1 };

    private static MendCase Draw(NetworkPlan plan, string of, int seed, int index)
    {
        var random = new ZooRandom(seed, $"mend-{plan.Architecture}-{of}");
        return index < 3
            ? new MendCase(plan, of, seed, Math.Pow(10, 1 + random.Uniform()), 1)
            : new MendCase(plan, of, seed, 1, Math.Pow(10, 3 + (2 * random.Uniform())));
    }
}
