using MLNetDebug.Torch.Zoo.Faults;
using static MLNetDebug.Torch.Zoo.Programs.NetworkPlans;
using static MLNetDebug.Torch.Zoo.Programs.SickPrograms;
using Registration = MLNetDebug.Torch.Zoo.Architectures.Registration;

namespace MLNetDebug.Torch.Zoo.Programs;

/// <summary>Networks whose structure, mode or batch is wrong.</summary>
internal static class StructurePrograms
{
    public static IReadOnlyList<NetworkProgram> All { get; } =
    [
        Sick("no-output-bias", Mlp, "iris", new OutputBiasMissing(), [18], RuleIds.MissingBias, "fc3"),
        Sick("no-output-bias", Mlp, "wine", new OutputBiasMissing(), [18], RuleIds.MissingBias, "fc3"),
        Sick("no-bias", Cnn, "digits", new BiasesMissing(), [18], RuleIds.MissingBias, "conv1", "conv2", "fc1", "fc2"),
        Sick("no-output-bias", Lstm, "majority", new OutputBiasMissing(), [18], RuleIds.MissingBias, "head"),

        Sick("batch-4", DeepMlp, "breast_cancer", new BatchesOf(4), [12], RuleIds.SmallBatchNorm, "bn1", "bn2", "bn3", "bn4"),
        Sick("batch-4", DeepMlp with { Epochs = 5 }, "moons", new BatchesOf(4), [12], RuleIds.SmallBatchNorm, "bn1", "bn2", "bn3", "bn4"),
        Sick("batch-2", BatchNormCnn with { Epochs = 3 }, "digits", new BatchesOf(2), [12], RuleIds.SmallBatchNorm, "bn3"),
        Sick("batch-2", DropoutBlocks, "wine", new BatchesOf(2), [12], RuleIds.SmallBatchNorm, "bn1", "bn2"),
        Sick("batch-1", DropoutBlocks, "wine", new BatchesOf(1), [12], RuleIds.SmallBatchNorm, "bn1", "bn2") with { IsFact = true },

        Sick("dropout-before-norm", DeepMlp, "breast_cancer", new DroppedBeforeNorm(0.5), [14], RuleIds.BatchNormOrder, "bn2", "bn3", "bn4"),
        Sick("dropout-before-norm", DeepMlp, "clusters", new DroppedBeforeNorm(0.5), [14], RuleIds.BatchNormOrder, "bn2", "bn3", "bn4"),
        Sick("dropout-before-norm", BatchNormCnn, "bars", new DroppedBeforeNorm(0.5), [14], RuleIds.BatchNormOrder, "bn3"),
        Sick("ends-in-norm", DeepMlp, "wine", new EndedInNorm(), [14], RuleIds.BatchNormOrder, "bn5"),

        Sick("dropout", Cnn, "blobs", new DroppedAmongConvolutions(0.5), [15], RuleIds.DropoutInConvolution, "drop1", "drop2"),
        Sick("dropout", Cnn, "digits", new DroppedAmongConvolutions(0.5), [15], RuleIds.DropoutInConvolution, "drop1", "drop2"),
        Sick("dropout", BatchNormCnn, "bars", new DroppedAmongConvolutions(0.25), [15], RuleIds.DropoutInConvolution, "drop1"),
        Sick("dropout", FunctionalCnn, "digits", new DroppedAmongConvolutions(0.3), [15], RuleIds.DropoutInConvolution, "drop"),

        Sick("variance-shift", Trained(DeepMlp), "breast_cancer", new DroppedBeforeNorm(0.5), [14], RuleIds.VarianceShift, "bn2", "bn3", "bn4"),
        Sick("variance-shift", Trained(DeepMlp), "moons", new DroppedBeforeNorm(0.5), [14], RuleIds.VarianceShift, "bn2", "bn3", "bn4"),
        Sick("variance-shift", Trained(DeepMlp), "digits", new DroppedBeforeNorm(0.5), [14], RuleIds.VarianceShift, "bn2", "bn3", "bn4"),
        Sick("variance-shift", Trained(BatchNormCnn), "digits", new DroppedBeforeNorm(0.7), [14], RuleIds.VarianceShift, "bn3"),
        Sick("variance-shift", Trained(DropoutBlocks with { Epochs = 40 }), "wine", new DroppedBeforeNorm(0.8), [14], RuleIds.VarianceShift, "bn2"),
        Sick("variance-shift", Trained(DropoutBlocks), "clusters", new DroppedBeforeNorm(0.8), [14], RuleIds.VarianceShift, "bn2"),
        Sick("variance-shift", Trained(BatchNormCnn), "bars", new DroppedBeforeNorm(0.7), [14], RuleIds.VarianceShift, "bn3"),

        Sick("list", ListMlp, "breast_cancer", new RegisteredAs(Registration.InPlainList), [], RuleIds.UnregisteredModules, "blocks[0]", "blocks[1]", "blocks[2]"),
        Sick("list", ListMlp, "clusters", new RegisteredAs(Registration.InPlainList), [], RuleIds.UnregisteredModules, "blocks[0]", "blocks[1]", "blocks[2]"),
        Sick("list", Regression(ListMlp), "diabetes", new RegisteredAs(Registration.InPlainList), [], RuleIds.UnregisteredModules, "blocks[0]", "blocks[1]", "blocks[2]"),
        Sick("forgotten", FunctionalCnn, "digits", new RegisteredAs(Registration.Forgotten), [], RuleIds.UnregisteredModules, "conv1", "conv2", "fc1", "fc2"),
        Sick("forgotten", Lstm, "majority", new RegisteredAs(Registration.Forgotten), [], RuleIds.UnregisteredModules, "embedding", "lstm", "head"),
        Sick("head-too-late", Transformer, "first-token", new RegisteredAs(Registration.BeforeHead), [], RuleIds.UnregisteredModules, "head"),

        Sick("eval", DeepMlp, "breast_cancer", new EvaluatedBeforeTraining(), [], RuleIds.EvalModeInTraining, "Sequential"),
        Sick("eval", DeepMlp, "digits", new EvaluatedBeforeTraining(), [], RuleIds.EvalModeInTraining, "Sequential"),
        Sick("eval", BatchNormCnn, "digits", new EvaluatedBeforeTraining(), [], RuleIds.EvalModeInTraining, "Sequential"),
        Sick("eval", ResNet, "bars", new EvaluatedBeforeTraining(), [], RuleIds.EvalModeInTraining, "ResNet"),
        Sick("eval", DeepMlp, "wine", new EvaluatedBeforeTraining(), [], RuleIds.EvalModeInTraining, "Sequential"),
    ];
}
