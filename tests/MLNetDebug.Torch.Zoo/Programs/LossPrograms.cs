using MLNetDebug.Torch.Zoo.Faults;
using TorchSharp;
using static MLNetDebug.Torch.Zoo.Programs.NetworkPlans;
using static MLNetDebug.Torch.Zoo.Programs.SickPrograms;
using Ending = MLNetDebug.Torch.Zoo.Architectures.Ending;

namespace MLNetDebug.Torch.Zoo.Programs;

/// <summary>Networks whose output and loss do not belong together.</summary>
internal static class LossPrograms
{
    private static readonly LossPlan SummedCrossEntropy = LossPlan.Of(() => torch.nn.CrossEntropyLoss(reduction: torch.nn.Reduction.Sum));

    public static IReadOnlyList<NetworkProgram> All { get; } =
    [
        Sick("relu-end", Mlp, "iris", new Ended(Ending.ReLU), [4], RuleIds.ActivationBeforeSoftmax, "relu"),
        Sick("relu-end", Mlp, "wine", new Ended(Ending.ReLU), [4], RuleIds.ActivationBeforeSoftmax, "relu"),
        Sick("relu-end", Cnn, "bars", new Ended(Ending.ReLU), [4], RuleIds.ActivationBeforeSoftmax, "relu"),
        Sick("sigmoid-end", FunctionalCnn, "digits", new Ended(Ending.Sigmoid), [4], RuleIds.ActivationBeforeSoftmax, "FunctionalCnn"),
        Sick("sigmoid-end", ListMlp, "clusters", new Ended(Ending.Sigmoid), [4], RuleIds.ActivationBeforeSoftmax, "ListMlp"),
        Sick("tanh-end", Transformer, "majority", new Ended(Ending.Tanh), [4], RuleIds.ActivationBeforeSoftmax, "Transformer"),


        Sick("softmax-end", Mlp, "breast_cancer", new Ended(Ending.Softmax), [4], RuleIds.ProbabilitiesIntoCrossEntropy, "softmax"),
        Sick("softmax-end", ListMlp, "wine", new Ended(Ending.Softmax), [4], RuleIds.ProbabilitiesIntoCrossEntropy, "ListMlp"),
        Sick("softmax-end", TanhMlp, "moons", new Ended(Ending.Softmax), [4], RuleIds.ProbabilitiesIntoCrossEntropy, "softmax"),
        Sick("softmax-end", FunctionalCnn, "digits", new Ended(Ending.Softmax), [4], RuleIds.ProbabilitiesIntoCrossEntropy, "FunctionalCnn"),
        Sick("softmax-end", Lstm, "first-token", new Ended(Ending.Softmax), [4], RuleIds.ProbabilitiesIntoCrossEntropy, "LstmClassifier"),
        Sick("softmax-end", Mlp, "clusters", new Ended(Ending.Softmax), [4], RuleIds.ProbabilitiesIntoCrossEntropy, "softmax"),

        Sick("logits-into-bce", Binary, "breast_cancer", new LossReplaced(LossPlan.BinaryProbabilities), [4], RuleIds.LogitsIntoProbabilityLoss, "BCELoss", "fc3"),
        Sick("logits-into-bce", Binary, "moons", new LossReplaced(LossPlan.BinaryProbabilities), [4], RuleIds.LogitsIntoProbabilityLoss, "BCELoss", "fc3"),
        Sick("logits-into-nll", Cnn, "digits", new LossReplaced(LossPlan.NegativeLogLikelihood), [4], RuleIds.LogitsIntoProbabilityLoss, "NLLLoss", "fc2"),
        Sick("probabilities-into-nll", Mlp, "wine", new ProbabilitiesIntoLikelihood(), [4], RuleIds.LogitsIntoProbabilityLoss, "NLLLoss", "softmax"),

        Sick("sigmoid-end", Regression(Mlp), "line", new Ended(Ending.Sigmoid), [4], RuleIds.OutputRange, "sigmoid"),
        Sick("sigmoid-end", Regression(Mlp), "diabetes", new Ended(Ending.Sigmoid), [4], RuleIds.OutputRange, "sigmoid"),
        Sick("relu-end", Regression(Mlp), "diabetes", new Ended(Ending.ReLU), [4], RuleIds.OutputRange, "relu"),
        Sick("tanh-end", Regression(Gru), "waves", new Ended(Ending.Tanh), [4], RuleIds.OutputRange, "GruNetwork"),
        Sick("raw-pixels", Autoencoder, "bars", new InputsAndTargetsScaled(8), [4], RuleIds.OutputRange, "sigmoid"),

        Sick("flat-targets", Regression(Mlp), "line", new TargetsFlattened(LossPlan.SquaredError), [], RuleIds.BroadcastLoss, "MSELoss", "fc3"),
        Sick("flat-targets", Regression(Mlp), "diabetes", new TargetsFlattened(LossPlan.SquaredError), [], RuleIds.BroadcastLoss, "MSELoss", "fc3"),
        Sick("flat-targets", Regression(Gru), "waves", new TargetsFlattened(LossPlan.Huber), [], RuleIds.BroadcastLoss, "HuberLoss", "head"),
        Sick("flat-targets", Binary, "moons", new TargetsFlattened(LossPlan.AbsoluteError), [], RuleIds.BroadcastLoss, "L1Loss", "fc3"),

        Sick("one-class", Binary, "breast_cancer", new SoftmaxOverOne(), [1], RuleIds.OneClassSoftmax, "softmax", "fc3"),
        Sick("one-class", Binary, "moons", new SoftmaxOverOne(), [1], RuleIds.OneClassSoftmax, "softmax", "fc3"),
        Sick("one-class", OneAgainstRest(FunctionalCnn), "digits", new SoftmaxOverOne(), [1], RuleIds.OneClassSoftmax, "FunctionalCnn"),
        Sick("one-logit", OneAgainstRest(Lstm), "first-token", new LossReplaced(LossPlan.CrossEntropy), [1], RuleIds.OneClassSoftmax, "CrossEntropyLoss", "head"),

        Sick("divergence-of-logits", Votes(Mlp), "iris", new DivergenceOf(Ending.None), [20], RuleIds.DivergenceInput, "KLDivLoss", "fc3"),
        Sick("divergence-of-logits", Votes(Mlp), "wine", new DivergenceOf(Ending.None), [20], RuleIds.DivergenceInput, "KLDivLoss", "fc3"),
        Sick("divergence-of-probabilities", Votes(Cnn), "digits", new DivergenceOf(Ending.Softmax), [20], RuleIds.DivergenceInput, "KLDivLoss", "softmax"),
        Sick("divergence-turned", Votes(Lstm), "majority", new DivergenceTurned(), [20], RuleIds.DivergenceInput, "KLDivLoss", "LstmClassifier"),

        Sick("default-log-target", Votes(Mlp), "iris", new LossReplaced(LossPlan.DivergenceOfLogarithms), [20], RuleIds.DivergenceTarget, "KLDivLoss", "logsoftmax"),
        Sick("default-log-target", Votes(Mlp), "wine", new LossReplaced(LossPlan.DivergenceOfLogarithms), [20], RuleIds.DivergenceTarget, "KLDivLoss", "logsoftmax"),
        Sick("default-log-target", Votes(Cnn), "digits", new LossReplaced(LossPlan.DivergenceOfLogarithms), [20], RuleIds.DivergenceTarget, "KLDivLoss", "logsoftmax"),
        Sick("logarithmic-targets", Votes(Lstm), "majority", new LogarithmicTargets(), [20], RuleIds.DivergenceTarget, "KLDivLoss", "head", "LstmClassifier"),

        Sick("summed", Mlp, "iris", new LossSummed(SummedCrossEntropy), [], RuleIds.SummedLoss, "CrossEntropyLoss", "fc3"),
        Sick("summed", Mlp, "wine", new LossSummed(SummedCrossEntropy), [], RuleIds.SummedLoss, "CrossEntropyLoss", "fc3"),
        Sick("summed", Cnn, "digits", new LossSummed(SummedCrossEntropy), [], RuleIds.SummedLoss, "CrossEntropyLoss", "fc2"),
        Sick("summed", Regression(Gru), "waves", new LossSummed(LossPlan.Of(() => torch.nn.MSELoss(torch.nn.Reduction.Sum))), [], RuleIds.SummedLoss, "MSELoss", "head"),
    ];
}
