using System.ComponentModel.DataAnnotations;
using MLNetDebug.Data;

namespace MLNetDebug.Torch.Networks;

/// <summary>Options of MLD212.</summary>
public sealed record OutputRangeOptions : RuleOptions
{
    /// <summary>The share of targets out of reach from which on it matters, in [0, 1]. Default 0.02.</summary>
    [Range(0.0, 1.0)]
    public double Share { get; init; } = 0.02;

    /// <summary>How far beyond the reach a target may lie, in [0, 100]. Default 0.01.</summary>
    [Range(0.0, 100.0)]
    public double Tolerance { get; init; } = 0.01;
}

/// <summary>Targets that the last activation cannot give, or that a binary cross-entropy has no meaning for.</summary>
internal sealed class OutputRange(OutputRangeOptions? options = null) : Rule<NetworkProfile>
{
    private readonly OutputRangeOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.OutputRange, nameof(RuleIds.OutputRange), "The last activation cannot reach the targets.", RuleCategory.LossAndOutput, Severity.Warning, ProofKind.Fact)
    { Notes = [4], SymptomOf = [RuleIds.OneClassSoftmax] };

    public override RuleOptions Options => _options;

    protected override void Judge(NetworkProfile measured, FindingSink sink)
    {
        if (measured.Loss is not { TargetPercentiles.Count: > 0 } loss)
            return;
        if (loss.Kind is LossKind.BinaryCrossEntropy or LossKind.BinaryCrossEntropyWithLogits)
            OfBinary(loss, sink);
        else if (loss.Kind is LossKind.MeanSquaredError or LossKind.AbsoluteError or LossKind.Huber && LossSteps.Last(measured) is { } step && ActivationReach.Of(step) is { } reach)
            OfReach(measured, loss, step, reach, sink);
    }

    private static void OfBinary(LossProfile loss, FindingSink sink)
    {
        var (low, high) = (loss.Target.Min, loss.Target.Max);
        if (low >= -1e-6 && high <= 1 + 1e-6)
            return;
        sink.Report(new FindingDraft(
            Places.Loss(loss),
            $"{LossSteps.Named(loss)} takes targets in [0, 1]; these lie in [{Words.Number(low)}, {Words.Number(high)}]. Beyond that interval the loss has no least value: it falls without end while the logits grow.")
        {
            Evidence = [new Evidence("smallest target", low) { Threshold = 0 }, new Evidence("largest target", high) { Threshold = 1 }],
            Advice =
            [
                (low, high) switch
                {
                    (-1, 1) => new Advice("Labels -1 and 1 become 0 and 1.", "target = (target + 1) / 2;"),
                    (1, 2) => new Advice("Labels 1 and 2 become 0 and 1.", "target = target - 1;"),
                    ( >= 0, > 1) when high == Math.Floor(high) => new Advice("Labels of several classes go as indices to the loss that takes them, with one output per class.", "var loss = nn.CrossEntropyLoss();   // target: int64, [N]"),
                    _ => new Advice("Bring the targets into [0, 1], or use a loss for values of any size.", "var loss = nn.MSELoss();"),
                },
            ],
        });
    }

    private void OfReach(NetworkProfile profile, LossProfile loss, FlowStep step, ActivationReach reach, FindingSink sink)
    {
        var share = (double)loss.TargetPercentiles.Count(t => t < reach.Low - _options.Tolerance || t > reach.High + _options.Tolerance) / loss.TargetPercentiles.Count;
        if (!(share > _options.Share))
            return;
        sink.Report(new FindingDraft(
            LossSteps.Subject(profile, step),
            $"{step.Display} gives the network's answers and reaches {Interval(reach)}; {Words.Percent(share)} of the targets lie beyond, between {Words.Number(loss.Target.Min)} and {Words.Number(loss.Target.Max)}. " +
            "It saturates on its way there, and nothing reaches the layers before it.")
        {
            Evidence =
            [
                new Evidence("share of targets out of reach", share) { Threshold = _options.Share },
                new Evidence("smallest target", loss.Target.Min), new Evidence("largest target", loss.Target.Max),
                .. new[] { ("smallest possible answer", reach.Low), ("largest possible answer", reach.High) }.Where(r => double.IsFinite(r.Item2)).Select(r => new Evidence(r.Item1, r.Item2)),
            ],
            Advice =
            [
                new Advice("Let the last layer give its values as they are.", LossSteps.Without(profile, step)),
                .. double.IsFinite(reach.Low) && double.IsFinite(reach.High)
                    ? new[] { new Advice("Or bring the targets into what it reaches, by the smallest and the largest of the training data, and turn the answers back.", Rescale(reach)) } : [],
            ],
        });
    }

    private static string Interval(ActivationReach reach) => double.IsInfinity(reach.High) ? $"no lower than {Words.Number(reach.Low)}"
        : double.IsInfinity(reach.Low) ? $"no higher than {Words.Number(reach.High)}"
        : $"from {Words.Number(reach.Low)} to {Words.Number(reach.High)}";

    private static string Rescale(ActivationReach reach) => reach is { Low: 0, High: 1 } ? "target = (target - smallest) / (largest - smallest);"
        : $"target = (target - smallest) / (largest - smallest) * {Words.Number(reach.High - reach.Low)} {(reach.Low < 0 ? "-" : "+")} {Words.Number(Math.Abs(reach.Low))};";
}
