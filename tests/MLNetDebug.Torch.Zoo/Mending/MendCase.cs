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

    private static readonly (NetworkPlan Plan, string Base)[] Healthy =
    [
        (NetworkPlans.Mlp with { Optimizer = OptimizerPlan.Sgd }, "breast_cancer"),
        (NetworkPlans.Mlp, "spirals"),
        (NetworkPlans.TanhMlp, "spirals"),
        (NetworkPlans.ResidualMlp, "spirals"),
        (NetworkPlans.Cnn with { Optimizer = OptimizerPlan.Sgd }, "blobs"),
        (NetworkPlans.Cnn, "blobs"),
        (NetworkPlans.Lstm, "parity"),
        (NetworkPlans.Transformer, "parity"),

        (NetworkPlans.Mlp with { Optimizer = OptimizerPlan.Sgd }, "digits"),
        (NetworkPlans.Mlp, "clusters"),
        (NetworkPlans.TanhMlp, "moons"),
        (NetworkPlans.ResidualMlp, "clusters"),
        (NetworkPlans.Cnn with { Optimizer = OptimizerPlan.Sgd }, "digits"),
        (NetworkPlans.Cnn, "bars"),
        (NetworkPlans.Gru, "first-token"),
        (NetworkPlans.Transformer, "majority"),
    ];

    /// <summary>True where the rate is too high by a drawn factor; else one batch is spoilt.</summary>
    public bool IsRate => RateFactor > 1;

    public string Id => $"{Plan.Architecture}-{Base}-{Seed}-{(IsRate ? $"rate x {RateFactor:0}" : $"spike x {Spike:0}")}";

    /// <summary>The cases of one split, five of each plan: forty.</summary>
    public static IEnumerable<MendCase> Of(Split split, int firstSeed) =>
        from healthy in Healthy
        where NetworkBases.Named(healthy.Base).Split == split
        from i in Enumerable.Range(0, 5)
        select Draw(healthy.Plan, healthy.Base, firstSeed + i, i);

    /// <summary>The same without its fault.</summary>
    public MendCase Twin => this with { RateFactor = 1, Spike = 1 };

    // Adam's steps are no longer for one large gradient, and its usual rate leaves room: a spoilt batch seldom harms it, nor does ten times the rate.
    private static MendCase Draw(NetworkPlan plan, string of, int seed, int index)
    {
        var random = new ZooRandom(seed, $"mend-{plan.Architecture}-{of}");
        var isSgd = plan.Optimizer.Kind == "SGD";
        return index < (isSgd ? 3 : 4)
            ? new MendCase(plan, of, seed, Math.Pow(10, isSgd ? 1 + random.Uniform() : 1.5 + (0.5 * random.Uniform())), 1)
            : new MendCase(plan, of, seed, 1, Math.Pow(10, 3 + (2 * random.Uniform())));
    }
}
