using System.ComponentModel.DataAnnotations;
using MLNetDebug.Data;

namespace MLNetDebug.Torch.Networks;

/// <summary>Options of MLD211.</summary>
public sealed record LogitsIntoProbabilityLossOptions : RuleOptions
{
    /// <summary>How far the log-sum-exp of a row of log-probabilities may be from 0, in [0.000001, 0.5]; half precision is given more. Default 0.05.</summary>
    [Range(1e-6, 0.5)]
    public double Tolerance { get; init; } = 0.05;
}

/// <summary>A loss that takes probabilities, or their logarithms, is given something else.</summary>
internal sealed class LogitsIntoProbabilityLoss(LogitsIntoProbabilityLossOptions? options = null) : Rule<NetworkProfile>
{
    private readonly LogitsIntoProbabilityLossOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.LogitsIntoProbabilityLoss, nameof(RuleIds.LogitsIntoProbabilityLoss), "A loss that takes probabilities is given something else.",
        RuleCategory.LossAndOutput, Severity.Error, ProofKind.Fact)
    { Notes = [4] };

    public override RuleOptions Options => _options;

    protected override void Judge(NetworkProfile measured, FindingSink sink)
    {
        if (measured.Loss is not { } loss)
            return;
        if (loss is { Kind: LossKind.NegativeLogLikelihood, InputRows: { Classes: > 1 } rows, Input.NonFinite: 0 })
            OfLikelihood(measured, loss, rows, sink);
        else if (loss.Kind == LossKind.BinaryCrossEntropy && (loss.Input.Min < 0 || loss.Input.Max > 1 || IsUnbounded(measured, loss, LossSteps.Last(measured))))
            OfBinary(measured, loss, sink);
    }

    private void OfLikelihood(NetworkProfile profile, LossProfile loss, DistributionFacts rows, FindingSink sink)
    {
        var tolerance = LossSteps.Tolerance(loss.Input, _options.Tolerance);
        if (!(rows.MaxLogSumExp > tolerance || rows.Max > tolerance))
            return;
        var step = LossSteps.Last(profile);
        var dimension = step?.Kind == ModuleKind.LogSoftmax ? LossCode.Dimension(step, loss.Input.Rank) : null;
        var (what, advice) = rows.IsProbabilities
            ? ("probabilities: the logarithm is missing, and the loss is minus a probability, never below -1",
                new Advice("Take log_softmax in place of softmax; the logarithm of a softmax is less exact.", $"var output = functional.log_softmax(logits, {rows.Dimension});"))
            : dimension is { } d && d != rows.Dimension
                ? ($"log-probabilities over dimension {d}, while it reads classes along dimension {rows.Dimension}",
                    new Advice("Let the log_softmax run over the classes.", $"var output = functional.log_softmax(logits, {rows.Dimension});"))
                : ("raw scores: nothing holds them together, and the loss falls without end while the right class's score grows",
                    new Advice("Use the loss that takes logits; it is the same as log_softmax and NLLLoss together.", "var loss = nn.CrossEntropyLoss();"));
        sink.Report(new FindingDraft(
            LossSteps.Subject(profile, step),
            $"{LossSteps.Named(loss)} takes log-probabilities, whose exponentials sum to 1 in each row; {LossSteps.Output(step)} is {what}.")
        {
            Evidence =
            [
                new Evidence("largest |log-sum-exp| of a row", rows.MaxLogSumExp) { Threshold = tolerance },
                new Evidence("largest input", rows.Max) { Threshold = 0 },
                .. double.IsNaN(loss.Value) ? [] : new[] { new Evidence("loss", loss.Value) },
            ],
            Advice = rows.IsProbabilities || dimension is not null ? [advice] : [advice, new Advice("Or end the network with a log_softmax.", $"var output = functional.log_softmax(logits, {rows.Dimension});")],
        });
    }

    // The outputs of a layer may lie in [0, 1] on one batch; nothing keeps them there, unless an operation in place has changed them since.
    private static bool IsUnbounded(NetworkProfile profile, LossProfile loss, FlowStep? step) =>
        step?.Kind is ModuleKind.Linear or ModuleKind.Convolution && profile.Values[step.Output].Facts is var facts && facts.Min == loss.Input.Min && facts.Max == loss.Input.Max;

    private static void OfBinary(NetworkProfile profile, LossProfile loss, FindingSink sink)
    {
        var step = LossSteps.Last(profile);
        var areLogs = step is { Kind: ModuleKind.LogSoftmax } or { Function: "logsigmoid" };
        sink.Report(new FindingDraft(
            LossSteps.Subject(profile, step),
            $"{LossSteps.Named(loss)} takes probabilities in [0, 1]; {LossSteps.Output(step)} lies in [{Words.Number(loss.Input.Min)}, {Words.Number(loss.Input.Max)}]" +
            (areLogs ? ": these are logarithms of probabilities." : ": these are logits, and the sigmoid is missing.") +
            (loss.Input is { Min: >= 0, Max: <= 1 } ? " On this batch they happen to be possible probabilities; nothing keeps them so." : "") +
            (loss.Error is null ? "" : $" It threw \"{loss.Error}\"."))
        {
            Evidence = [new Evidence("smallest input", loss.Input.Min) { Threshold = 0 }, new Evidence("largest input", loss.Input.Max) { Threshold = 1 }],
            Advice =
            [
                new Advice("Use the loss that takes logits and has the sigmoid within; it does not overflow.", "var loss = nn.BCEWithLogitsLoss();"),
                areLogs ? new Advice("And give it the scores before the logarithm.", LossSteps.Without(profile, step))
                    : new Advice("Or end the network with a sigmoid.", "var output = functional.sigmoid(logits);"),
            ],
        });
    }
}
