using System.ComponentModel.DataAnnotations;
using MLNetDebug.Data;

namespace MLNetDebug.Predictions;

/// <summary>Options of MLD403.</summary>
public sealed record NegativeLossOptions : RuleOptions
{
    /// <summary>How far below 0 rounding may bring a loss, in [0, 1]. Default 0.000001.</summary>
    [Range(0.0, 1.0)]
    public double Tolerance { get; init; } = 1e-6;
}

/// <summary>Names losses that are negative though their formula allows no negative value: what went into them is no distribution.</summary>
internal sealed class NegativeLoss(NegativeLossOptions? options = null) : Rule<PredictionProfile>
{
    private readonly NegativeLossOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.NegativeLoss, nameof(RuleIds.NegativeLoss), "A loss that cannot be negative is.",
        RuleCategory.LossAndOutput, Severity.Error, ProofKind.Fact)
    { Notes = [20] };

    public override RuleOptions Options => _options;

    protected override void Judge(PredictionProfile measured, FindingSink sink)
    {
        foreach (var loss in measured.Losses.Where(l => !l.CanBeNegative && l.Value < -_options.Tolerance))
            sink.Report(Draft(measured, loss));
    }

    private FindingDraft Draft(PredictionProfile profile, LossValue loss)
    {
        var isOfColumns = loss.Name == LossTally.LogLoss && profile.Probabilities is not null;
        var why = isOfColumns
            ? $"-ln p is at least 0 for every probability p, so '{profile.Columns.Probability ?? profile.Columns.Score}' holds values above 1 (up to {Words.Number(profile.Probabilities!.Max)})"
            : IsDivergence(loss)
                ? "a divergence of two distributions is at least 0, so what went in is not both normalised: logits where log-probabilities are expected, or a target that does not sum to 1"
                : "no term of it is below 0 where probabilities lie in [0, 1], so what went in are none";
        return new FindingDraft(
            new Subject(SubjectKind.Model, profile.Name),
            $"The {loss.Name} over {Words.Count(loss.Rows, "row")} of the {profile.Name} is {Words.Number(loss.Value)}, which is no possible value: {why}. A trainer that minimises it is not held back by anything.")
        {
            Evidence = [new Evidence(loss.Name, loss.Value) { Threshold = -_options.Tolerance }],
            Advice =
            [
                IsDivergence(loss)
                    ? new Advice(
                        "Give it log-probabilities and, as its target, probabilities; sum over the classes and average over the rows.",
                        "var loss = torch.nn.functional.kl_div(torch.nn.functional.log_softmax(logits, 1), torch.nn.functional.softmax(target, 1), log_target: false, reduction: Reduction.Sum) / rows;")
                    : new Advice("Turn the scores into probabilities before the loss: a sigmoid for two classes, a softmax over several; in ML.NET read the column a calibrated trainer writes, and leave it as it is."),
            ],
        };
    }

    private static bool IsDivergence(LossValue loss) =>
        loss.Name.Contains("diverg", StringComparison.OrdinalIgnoreCase) || loss.Name.Contains("KL", StringComparison.Ordinal);
}
