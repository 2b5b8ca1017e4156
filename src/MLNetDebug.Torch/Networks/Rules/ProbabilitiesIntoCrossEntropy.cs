using System.ComponentModel.DataAnnotations;
using MLNetDebug.Data;

namespace MLNetDebug.Torch.Networks;

/// <summary>Options of MLD210.</summary>
public sealed record ProbabilitiesIntoCrossEntropyOptions : RuleOptions
{
    /// <summary>Fewer rows than this that look like probabilities prove nothing where the flow shows no softmax, in [1, 10000]. Default 4.</summary>
    [Range(1, 10_000)]
    public int LeastRows { get; init; } = 4;
}

/// <summary>Softmax twice: a loss that takes logits is given probabilities.</summary>
internal sealed class ProbabilitiesIntoCrossEntropy(ProbabilitiesIntoCrossEntropyOptions? options = null) : Rule<NetworkProfile>
{
    private readonly ProbabilitiesIntoCrossEntropyOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.ProbabilitiesIntoCrossEntropy, nameof(RuleIds.ProbabilitiesIntoCrossEntropy), "A cross-entropy that takes logits is given probabilities.",
        RuleCategory.LossAndOutput, Severity.Warning, ProofKind.Fact)
    { Notes = [4] };

    public override RuleOptions Options => _options;

    protected override void Judge(NetworkProfile measured, FindingSink sink)
    {
        if (measured.Loss is not { Kind: LossKind.CrossEntropy or LossKind.BinaryCrossEntropyWithLogits, InputRows: { Classes: > 1 } rows } loss)
            return;
        var step = LossSteps.Last(measured);
        var isShown = step?.Kind == ModuleKind.Softmax && rows is { Min: >= 0, Max: <= 1.001 };
        if (isShown || (rows.IsProbabilities && rows.Rows >= _options.LeastRows))
            sink.Report(Draft(measured, loss, rows, isShown ? step : null));
    }

    private static FindingDraft Draft(NetworkProfile profile, LossProfile loss, DistributionFacts rows, FlowStep? step)
    {
        var isBinary = loss.Kind == LossKind.BinaryCrossEntropyWithLogits;
        var floor = isBinary ? Math.Log(2) : LogitActivations.SoftmaxFloor(1, rows.Classes);
        var made = step is not null ? $"{LossSteps.Named(loss)} is given what {step.Display} makes: probabilities"
            : $"Every row that {LossSteps.Named(loss)} is given lies in [0, 1] and sums to 1: these are probabilities";
        return new FindingDraft(
            LossSteps.Subject(profile, step),
            $"{made}, where it takes raw logits and applies its own {(isBinary ? "sigmoid" : "softmax")}. Applied twice, the loss comes no lower than {Words.Number(floor)} " +
            (isBinary ? "on negatives" : $"over {Words.Number(rows.Classes)} classes") + ", and gradients shrink with it.")
        {
            Confidence = step is not null || rows.Min != rows.Max ? Confidence.Confirmed : Confidence.Suspected,
            Evidence =
            [
                new Evidence("largest distance of a row's sum from 1", rows.MaxSumError) { Threshold = 1e-3 },
                new Evidence("smallest input", rows.Min) { Threshold = 0 },
                new Evidence("least possible loss", floor) { Unit = "nats" },
            ],
            Advice =
            [
                new Advice("Give the loss the logits that the softmax is made of, and take the softmax where probabilities are shown or compared.", LossSteps.Without(profile, step)),
                isBinary ? new Advice("Or keep the probabilities, if they are meant, and take the loss that expects them.", "var loss = nn.BCELoss();")
                    : new Advice("Or give logarithms of probabilities to the loss that expects them.", $"var output = functional.log_softmax(logits, {rows.Dimension}); var loss = nn.NLLLoss();"),
            ],
        };
    }
}
