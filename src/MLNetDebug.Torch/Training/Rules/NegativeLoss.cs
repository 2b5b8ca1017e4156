using System.ComponentModel.DataAnnotations;
using MLNetDebug.Data;
using MLNetDebug.Torch.Networks;

namespace MLNetDebug.Torch.Training;

/// <summary>Options of MLD403 while training.</summary>
public sealed record TrainingNegativeLossOptions : RuleOptions
{
    /// <summary>How far below 0 rounding may bring a loss, per row, in [0, 1]. Default 0.000001.</summary>
    [Range(0.0, 1.0)]
    public double Tolerance { get; init; } = 1e-6;
}

/// <summary>A training loss that is negative though its formula allows no negative value: what goes into it is no distribution, or its targets are none.</summary>
internal sealed class NegativeLoss(TrainingNegativeLossOptions? options = null) : Rule<TrainingWindow>
{
    /// <summary>What sums of rounded numbers come to in half precision, of the loss's own size.</summary>
    private const double Rounding = 1e-3;

    private readonly TrainingNegativeLossOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.NegativeLoss, nameof(RuleIds.NegativeLoss), "A loss that cannot be negative is.",
        RuleCategory.LossAndOutput, Severity.Error, ProofKind.Fact)
    { Notes = [20] };

    public override RuleOptions Options => _options;

    protected override void Judge(TrainingWindow measured, FindingSink sink)
    {
        var loss = measured.Loss;
        if (Because(loss.Kind) is not { } because)
            return;
        // What is summed is rounded as often as there are rows.
        var rows = loss.Reduction == LossReduction.Mean ? 1 : measured.Batches.Sizes.Keys.DefaultIfEmpty(1).Max();
        var sizes = loss.Recent.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Average();
        var bar = -Math.Max(_options.Tolerance * rows, Rounding * sizes);
        if (!(loss.Least < bar))
            return;
        sink.Report(new FindingDraft(
            new Subject(SubjectKind.Run, measured.Network),
            $"The training loss is {because.Name} and has been {Words.Number(loss.Least)}, which is no possible value: {because.Why}. A loss without a floor goes on falling and says nothing.")
        {
            Evidence = [new Evidence("least training loss", loss.Least) { Threshold = bar }],
            Advice = [because.Advice],
        });
    }

    private static (string Name, string Why, Advice Advice)? Because(LossKind kind) => kind switch
    {
        LossKind.KullbackLeibler => (
            "a Kullback-Leibler divergence", "of two distributions it is at least 0, so its input holds no log-probabilities, or its target is not what log_target says",
            new Advice(
                "Give it log-probabilities and, as its target, probabilities; TorchSharp takes a target for log-probabilities unless log_target is false.",
                "var loss = torch.nn.functional.kl_div(torch.nn.functional.log_softmax(output, 1), target, log_target: false, reduction: torch.nn.Reduction.Sum) / output.shape[0];")),
        LossKind.NegativeLogLikelihood => (
            "a negative log-likelihood", "no logarithm of a probability is above 0, so its input holds no log-probabilities",
            new Advice("Give it the log_softmax of the network's output, or use a cross-entropy, which takes logits.", "var loss = torch.nn.functional.cross_entropy(output, target);")),
        LossKind.CrossEntropy => (
            "a cross-entropy", "with class indices, or with probabilities as targets, no term of it is below 0, so its targets are neither",
            new Advice("Give it class indices, or rows of numbers in [0, 1] that sum to 1.", "target = torch.nn.functional.softmax(target, 1);")),
        LossKind.BinaryCrossEntropy or LossKind.BinaryCrossEntropyWithLogits => (
            "a binary cross-entropy", "with targets in [0, 1] no term of it is below 0, so there are targets outside (classes 1 and 2, or -1 and 1, in place of 0 and 1)",
            new Advice("Bring the targets into [0, 1].", "target = target.gt(target.min()).to_type(torch.ScalarType.Float32);")),
        LossKind.MeanSquaredError or LossKind.AbsoluteError or LossKind.Huber => (
            "a mean of squares or absolute values", "none of them is below 0, so that something else was added or it was weighed by negative numbers",
            new Advice("Look at what the loop adds to the loss, and at its weights.")),
        _ => null,
    };
}
