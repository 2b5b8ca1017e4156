using System.ComponentModel.DataAnnotations;
using MLNetDebug.Data;

namespace MLNetDebug.Torch.Networks;

/// <summary>Options of MLD216.</summary>
public sealed record DivergenceTargetOptions : RuleOptions
{
    /// <summary>How far the sum of a row of the target may be from 1, or its log-sum-exp from 0, in [0.000001, 0.5]; half precision is given more. Default 0.001.</summary>
    [Range(1e-6, 0.5)]
    public double Tolerance { get; init; } = 1e-3;
}

/// <summary>A Kullback-Leibler divergence whose target is not what its <c>log_target</c> says. TorchSharp's default is true, where PyTorch's is false.</summary>
internal sealed class DivergenceTarget(DivergenceTargetOptions? options = null) : Rule<NetworkProfile>
{
    private readonly DivergenceTargetOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.DivergenceTarget, nameof(RuleIds.DivergenceTarget), "The target of a Kullback-Leibler divergence is not what log_target says.",
        RuleCategory.LossAndOutput, Severity.Error, ProofKind.Fact)
    { Notes = [20] };

    public override RuleOptions Options => _options;

    protected override void Judge(NetworkProfile measured, FindingSink sink)
    {
        // Swapped arguments are one fault and told by MLD215.
        if (measured.Loss is not { Kind: LossKind.KullbackLeibler, LogTarget: { } takesLogs, Target.NonFinite: 0, TargetRows: { } rows } loss || Divergences.AreSwapped(loss))
            return;
        var tolerance = LossSteps.Tolerance(loss.Target, _options.Tolerance);
        var isFine = takesLogs ? !(rows.MaxLogSumExp > tolerance) : !(rows.MaxSumError > tolerance || rows.Min < 0);
        if (isFine)
            return;
        var (what, advice, severity) = What(loss, rows, takesLogs);
        sink.Report(new FindingDraft(
            Places.Loss(loss),
            $"With log_target {(takesLogs ? "true" : "false")} {LossSteps.Named(loss)} takes {(takesLogs ? "log-probabilities" : "probabilities")} as its target; {what}{Divergences.Negative(loss)}")
        {
            Severity = severity,
            Evidence =
            [
                takesLogs ? new Evidence("largest |log-sum-exp| of a row of the target", rows.MaxLogSumExp) { Threshold = tolerance }
                    : new Evidence("largest distance of a row's sum from 1", rows.MaxSumError) { Threshold = tolerance },
                new Evidence("smallest target", rows.Min), new Evidence("largest target", rows.Max),
                .. Divergences.Value(loss),
            ],
            Advice = [advice],
        });
    }

    private static (string What, Advice Advice, Severity? Severity) What(LossProfile loss, DistributionFacts rows, bool takesLogs)
    {
        if (takesLogs && rows.IsProbabilities)
        {
            return ("these are probabilities, and it takes their exponentials for them: the result is wrong, though it looks like a loss. TorchSharp's default is true, PyTorch's is false.",
                new Advice("Say what the target is.", loss.IsModule ? "var loss = nn.KLDivLoss(log_target: false, reduction: Reduction.Sum);   // and divide by the rows" : Divergences.Code(rows.Dimension)), null);
        }

        if (!takesLogs && rows.IsLogProbabilities)
        {
            return ("these are log-probabilities: every term is 0 or not a number of any meaning.",
                new Advice("Say what the target is.", loss.IsModule ? "var loss = nn.KLDivLoss(log_target: true, reduction: Reduction.Sum);   // and divide by the rows" : "functional.kl_div(output, target, log_target: true, reduction: Reduction.Sum) / output.shape[0]"), null);
        }

        return rows.Min >= 0 && !takesLogs
            // The loss is defined for weights that sum to something else; some mean it so.
            ? ($"the rows of this one sum to 1 only within {Words.Number(rows.MaxSumError)}.", new Advice("Divide each row by its sum, unless the weights are meant.", $"target = target / target.sum({rows.Dimension}, keepdim: true);"), Severity.Warning)
            : ("these are raw scores.", new Advice("Take the softmax of the scores.", $"target = functional.{(takesLogs ? "log_softmax" : "softmax")}(target, {rows.Dimension});"), null);
    }
}
