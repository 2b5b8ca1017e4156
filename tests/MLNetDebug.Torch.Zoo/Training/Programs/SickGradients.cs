using MLNetDebug.Torch.Zoo.Faults;
using MLNetDebug.Torch.Zoo.Training.Faults;
using static MLNetDebug.Torch.Zoo.Programs.NetworkPlans;
using static MLNetDebug.Torch.Zoo.Training.Programs.SickTraining;
using static MLNetDebug.Torch.Zoo.Training.Programs.TrainingPlans;
using static MLNetDebug.Torch.Zoo.Training.TrainingPlaces;
using Activation = MLNetDebug.Torch.Zoo.Architectures.Activation;

namespace MLNetDebug.Torch.Zoo.Training.Programs;

/// <summary>Trainings whose gradients explode, vanish, are not finite or do not reach units.</summary>
internal static class SickGradients
{
    /// <summary>What is planted in all of them is right at each.</summary>
    private static readonly string[] HiddenLayers = ["embedding", .. Enumerable.Range(0, 12).Select(i => $"layers.{i}")];

    public static IReadOnlyList<TrainingProgram> All { get; } =
    [
        Sick("large-recurrent", ClippedElman, "parity", Rescaled(2.5), [9], RuleIds.ExplodingGradient, "rnn", "embedding", Run),
        Sick("gain-3", DeepTanh(10), "breast_cancer", Hidden(3, 10), [9], RuleIds.ExplodingGradient, [.. HiddenLayers, Run]),
        Sick("large-recurrent", ClippedElman, "majority", Rescaled(2.5), [9], RuleIds.ExplodingGradient, "rnn", "embedding", Run),
        Sick("large-recurrent", Regression(ClippedElman.Network), "waves", Rescaled(2.5), [9], RuleIds.ExplodingGradient, "rnn", Run),
        Sick("gain-3", DeepTanh(12), "digits", Hidden(3, 12), [9], RuleIds.ExplodingGradient, [.. HiddenLayers, Run]),
        Sick("gain-3", DeepTanh(12), "clusters", Hidden(3, 12), [9], RuleIds.ExplodingGradient, [.. HiddenLayers, Run]),
        Sick("gain-2", Deep(10), "wine", Hidden(2, 10), [9], RuleIds.ExplodingGradient, [.. HiddenLayers, Run, "head"]),

        Sick("sigmoids", Deep(8), "iris", new Activated(Activation.Sigmoid), [9], RuleIds.VanishingGradient, HiddenLayers),
        Sick("gain-0.3", Deep(8), "blobs", Hidden(0.3, 8), [9], RuleIds.VanishingGradient, HiddenLayers),
        Sick("sigmoids", Deep(8), "digits", new Activated(Activation.Sigmoid), [9], RuleIds.VanishingGradient, HiddenLayers),
        Sick("sigmoids", Deep(8), "clusters", new Activated(Activation.Sigmoid), [9], RuleIds.VanishingGradient, HiddenLayers),
        Sick("sigmoids", Deep(8), "majority", new Activated(Activation.Sigmoid), [9], RuleIds.VanishingGradient, HiddenLayers),
        Sick("gain-0.3", DeepTanh(8), "wine", Hidden(0.3, 8), [9], RuleIds.VanishingGradient, HiddenLayers),
        Sick("gain-0.3", DeepTanh(8), "first-token", Hidden(0.3, 8), [9], RuleIds.VanishingGradient, HiddenLayers),

        Sick("missing-cell", Mlp, "iris", new CellMissing(60, 5), [13], RuleIds.NonFinite, Batches, Run),
        Sick("by-hand", Cnn, "blobs", new Both(new EntropyByHand(), new InputsScaled(1000)), [13], RuleIds.NonFinite, "loss", Run),
        Sick("missing-cell", Mlp, "wine", new CellMissing(60, 5), [13], RuleIds.NonFinite, Batches, Run),
        Sick("by-hand", Cnn, "digits", new Both(new EntropyByHand(), new InputsScaled(1000)), [13], RuleIds.NonFinite, "loss", Run),
        Sick("padding-alone", Lstm, "majority", new LabelsIgnored(60), [13], RuleIds.NonFinite, "loss", Batches, Run),
        Sick("missing-cell", Regression(Gru), "waves", new CellMissing(60, 5), [13], RuleIds.NonFinite, Batches, Run),

        Sick("dead-units", Mlp, "iris", new UnitsKilled(0.9, "fc1"), [9], RuleIds.DeadUnits, "fc1"),
        Sick("dead-units", Cnn, "blobs", new UnitsKilled(0.75, "conv2"), [9], RuleIds.DeadUnits, "conv2"),
        Sick("dead-units", Cnn, "digits", new UnitsKilled(0.9, "conv2"), [9], RuleIds.DeadUnits, "conv2"),
        Sick("dead-units", Mlp, "digits", new UnitsKilled(0.95, "fc1"), [9], RuleIds.DeadUnits, "fc1"),
        Sick("dead-units", Mlp, "clusters", new UnitsKilled(0.95, "fc2"), [9], RuleIds.DeadUnits, "fc2"),
        Sick("dead-units", TokenBag, "majority", new UnitsKilled(0.95, "mixer"), [9], RuleIds.DeadUnits, "mixer"),
        Sick("rate-spike", TrainingPlans.SgdMlp, "digits", new RateSpiked(20, 100), [9], RuleIds.DeadUnits, "fc1", "fc2"),
    ];

    /// <summary>The recurrent weights on another scale, and no clipping.</summary>
    private static TrainingFault Rescaled(double factor) => new Both(new ParametersScaled(factor, "rnn.weight_hh_l0"), new ClippingRemoved());

    /// <summary>All hidden layers on another scale.</summary>
    private static WeightsScaled Hidden(double factor, int depth) => new(factor, [.. Enumerable.Range(0, depth).Select(i => $"layers.{i}")]);
}
