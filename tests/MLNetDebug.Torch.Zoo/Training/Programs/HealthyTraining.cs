using MLNetDebug.Torch.Zoo.Programs;
using MLNetDebug.Zoo.Bases;
using TorchSharp;
using static MLNetDebug.Torch.Zoo.Programs.NetworkPlans;
using static MLNetDebug.Torch.Zoo.Training.Programs.TrainingPlans;

namespace MLNetDebug.Torch.Zoo.Training.Programs;

/// <summary>Trainings without a fault: every healthy network as it is trained, and runs that look like a fault.</summary>
internal static class HealthyTraining
{
    private static readonly LossPlan Smoothed = LossPlan.Of((output, target) => torch.nn.functional.cross_entropy(output, target, label_smoothing: 0.1));

    public static IReadOnlyList<TrainingProgram> All { get; } =
    [
        // A network that is checked after training is trained as the one that is not.
        .. HealthyPrograms.All.Where(p => !p.Plan.IsCheckedTrained).Select(p => TrainingProgram.Healthy(p.Plan, p.Base)),
        .. On(Deep(8), "iris", "digits", "clusters", "majority"),
        .. On(DeepTanh(8), "breast_cancer", "digits", "wine", "first-token"),
        .. On(Elman, "majority", "first-token"),
        .. On(ClippedElman, "majority", "grammar"),
        .. On(Regression(Elman), "waves"),

        .. Turn("warm-up", new(Transformer) { Schedule = WarmUp }, "parity", "majority"),
        .. Turn("warm-up", new(Mlp) { Schedule = WarmUp }, "iris", "digits"),
        .. Turn("steps-down", new(Mlp) { Schedule = StepsDown }, "digits", "clusters"),
        .. Turn("steps-down", new(Cnn) { Schedule = StepsDown }, "blobs", "bars"),
        .. Turn("cosine", new(TanhMlp) { Schedule = Cosine }, "spirals", "clusters"),
        .. Turn("restarts", new(Cnn) { Schedule = Restarts }, "digits"),
        .. Turn("one-cycle", new(TanhMlp) { Schedule = OneCycle }, "breast_cancer", "clusters", "digits"),

        .. Turn("batch-8", Mlp with { BatchSize = 8 }, "iris", "wine", "clusters"),
        .. Turn("batch-8", Lstm with { BatchSize = 8, Optimizer = OptimizerPlan.Adam }, "majority"),
        .. Turn("batch-16", Cnn with { BatchSize = 16 }, "blobs", "digits"),
        .. Turn("full-batch", Mlp with { BatchSize = 10_000, Optimizer = OptimizerPlan.Adam with { Rate = 0.01 } }, "breast_cancer", "wine", "clusters"),
        .. Turn("batch-200", Cnn with { BatchSize = 200 }, "bars", "digits"),

        .. Turn("dropout-0.6", DropoutBlocks with { Traits = new() { DropoutBeforeNorm = 0.6 } }, "breast_cancer", "clusters", "digits"),
        .. Turn("smoothed", Mlp with { Loss = Smoothed }, "iris", "digits", "clusters"),
        .. Turn("decay", Cnn with { Optimizer = OptimizerPlan.AdamW with { Decay = 0.1 } }, "digits", "bars"),
        .. Turn("plain-sgd", Mlp with { Optimizer = new("SGD", 0.1) }, "iris", "wine", "clusters", "digits"),
        .. Turn("high-rate", Mlp with { Optimizer = OptimizerPlan.Adam with { Rate = 0.02 } }, "iris", "clusters", "digits"),
        .. Turn("high-rate", TanhMlp with { Optimizer = OptimizerPlan.Sgd with { Rate = 0.2 } }, "spirals", "clusters", "moons"),
        .. Turn("low-rate", new(Mlp with { Optimizer = OptimizerPlan.Adam with { Rate = 3e-4 } }) { Steps = 600 }, "breast_cancer", "clusters", "digits"),

        .. Turn("clipped", new(Lstm) { ClipNorm = 1 }, "parity", "majority", "first-token"),
        .. Turn("clipped", new(Transformer) { ClipNorm = 0.5 }, "majority"),
        .. Turn("own-loop", new(Mlp) { IsOwnLoop = true }, "wine", "digits"),

        .. On(Mlp.WithLabelNoise(0.3), "iris", "digits", "clusters"),
        .. On(Cnn.WithLabelNoise(0.3), "blobs", "bars"),
        .. On(Lstm.WithLabelNoise(0.3), "majority"),
        .. On(Binary.Imbalanced(0.15), "breast_cancer", "clusters", "digits"),
        .. On(OneAgainstRest(Lstm with { Architecture = "binary-lstm" }).Imbalanced(0.15), "first-token"),

        .. Turn("long", new(Mlp) { Steps = 1200 }, "iris", "wine"),
        .. Turn("long", new(Cnn) { Steps = 700 }, "blobs", "bars"),
        .. Turn("long", new(Lstm) { Steps = 600 }, "first-token"),
        .. Turn("short", new(Mlp) { Steps = 1 }, "breast_cancer", "digits"),

        .. On(Regression(Mlp).WithTargetsTimes(1e-3), "line", "diabetes"),
        .. On(Regression(Gru).WithTargetsTimes(1e-3), "waves"),
        .. Turn("huber", Regression(Mlp) with { Loss = LossPlan.Huber }, "line", "diabetes"),
        .. Turn("absolute", Regression(Gru) with { Loss = LossPlan.AbsoluteError }, "waves"),
        .. Turn("fixed-series", new(Regression(Gru)) { Order = BatchOrder.Fixed }, "waves"),
    ];

    /// <summary>The healthy programs of one split.</summary>
    public static IEnumerable<TrainingProgram> Of(Split split) => All.Where(p => p.Split == split);

    private static double WarmUp(long step, double done) => Math.Min(1, (step + 1) / 50.0);

    private static double StepsDown(long step, double done) => done < 0.5 ? 1 : done < 0.75 ? 0.1 : 0.01;

    private static double Cosine(long step, double done) => 0.5 * (1 + Math.Cos(Math.PI * done));

    /// <summary>Cosines that begin again three times.</summary>
    private static double Restarts(long step, double done) => Cosine(step, done * 3 % 1);

    /// <summary>Up to three times the rate, then down to nothing.</summary>
    private static double OneCycle(long step, double done) => done < 0.3 ? 0.1 + 2.9 * done / 0.3 : 3 * Cosine(step, (done - 0.3) / 0.7);

    private static IEnumerable<TrainingProgram> On(TrainingPlan plan, params string[] bases) => bases.Select(b => TrainingProgram.Healthy(plan, b));

    private static IEnumerable<TrainingProgram> Turn(string turn, TrainingPlan plan, params string[] bases) =>
        On(plan with { Network = plan.Network.Named(turn) }, bases);
}
