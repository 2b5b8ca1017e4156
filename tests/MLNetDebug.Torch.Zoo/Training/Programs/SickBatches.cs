using MLNetDebug.Torch.Zoo.Programs;
using MLNetDebug.Torch.Zoo.Training.Faults;
using static MLNetDebug.Torch.Zoo.Programs.NetworkPlans;
using static MLNetDebug.Torch.Zoo.Training.Programs.SickTraining;
using static MLNetDebug.Torch.Zoo.Training.TrainingPlaces;

namespace MLNetDebug.Torch.Zoo.Training.Programs;

/// <summary>Trainings that meet their rows in a bad order.</summary>
internal static class SickBatches
{
    private static readonly Ordered Fixed = new(BatchOrder.Fixed);

    private static readonly Ordered Sorted = new(BatchOrder.Sorted);

    private static readonly Ordered Cut = new(BatchOrder.SortedWithinBatches);

    public static IReadOnlyList<TrainingProgram> All { get; } =
    [
        Sick("fixed", Mlp, "iris", Fixed, [6], RuleIds.FixedBatchOrder, Batches),
        Sick("fixed", Cnn, "blobs", Fixed, [6], RuleIds.FixedBatchOrder, Batches),
        Sick("fixed", Cnn, "digits", Fixed, [6], RuleIds.FixedBatchOrder, Batches),
        Sick("fixed", Mlp, "wine", Fixed, [6], RuleIds.FixedBatchOrder, Batches),
        Sick("fixed", Lstm, "majority", Fixed, [6], RuleIds.FixedBatchOrder, Batches),
        Sick("sorted", ListMlp, "clusters", Sorted, [6], RuleIds.FixedBatchOrder, Batches),
        Sick("fixed", Regression(Mlp), "diabetes", Fixed, [6], RuleIds.FixedBatchOrder, Batches),

        Sick("sorted", Small(Mlp), "iris", Sorted, [7], RuleIds.OneLabelBatch, Batches),
        Sick("cut", Cnn, "blobs", Cut, [7], RuleIds.OneLabelBatch, Batches),
        Sick("sorted", Cnn, "digits", Sorted, [7], RuleIds.OneLabelBatch, Batches),
        Sick("cut", Mlp, "digits", Cut, [7], RuleIds.OneLabelBatch, Batches),
        Sick("cut", TanhMlp, "clusters", Cut, [7], RuleIds.OneLabelBatch, Batches),
        Sick("sorted", Small(TanhMlp), "moons", Sorted, [7], RuleIds.OneLabelBatch, Batches),
        Sick("sorted", Lstm, "majority", Sorted, [7], RuleIds.OneLabelBatch, Batches),
        Sick("cut", Transformer, "first-token", Cut, [7], RuleIds.OneLabelBatch, Batches),
    ];

    private static NetworkPlan Small(NetworkPlan plan) => plan with { Architecture = plan.Architecture + "-batch-8", BatchSize = 8 };
}
