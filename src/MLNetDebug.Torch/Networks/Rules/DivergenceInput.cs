using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Torch.Networks;

/// <summary>Options of MLD215.</summary>
public sealed record DivergenceInputOptions : RuleOptions
{
    /// <summary>How far the log-sum-exp of a row may be from 0, in [0.000001, 0.5]; half precision is given more. Default 0.001.</summary>
    [Range(1e-6, 0.5)]
    public double Tolerance { get; init; } = 1e-3;
}

/// <summary>A Kullback-Leibler divergence whose input holds no log-probabilities: what it gives is no divergence and may be negative.</summary>
internal sealed class DivergenceInput(DivergenceInputOptions? options = null) : Rule<NetworkProfile>
{
    private readonly DivergenceInputOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.DivergenceInput, nameof(RuleIds.DivergenceInput), "What a Kullback-Leibler divergence is given are no log-probabilities.",
        RuleCategory.LossAndOutput, Severity.Error, ProofKind.Fact)
    { Notes = [20] };

    public override RuleOptions Options => _options;

    protected override void Judge(NetworkProfile measured, FindingSink sink)
    {
        if (measured.Loss is not { Kind: LossKind.KullbackLeibler, Input.NonFinite: 0, InputRows: { } rows } loss)
            return;
        var tolerance = LossSteps.Tolerance(loss.Input, _options.Tolerance);
        if (!(rows.MaxLogSumExp > tolerance))
            return;
        var step = LossSteps.Last(measured);
        var (what, advice) = What(loss, rows, step);
        sink.Report(new FindingDraft(
            Divergences.AreSwapped(loss) ? Places.Loss(loss) : LossSteps.Subject(measured, step),
            $"{LossSteps.Named(loss)} takes log-probabilities as its input, whose exponentials sum to 1 along a dimension; {what}.{Divergences.Negative(loss)}")
        {
            Evidence =
            [
                new Evidence("largest |log-sum-exp| of a row", rows.MaxLogSumExp) { Threshold = tolerance },
                new Evidence("largest input", rows.Max) { Threshold = 0 },
                .. Divergences.Value(loss),
            ],
            Advice = [advice],
        });
    }

    private static (string What, Advice Advice) What(LossProfile loss, DistributionFacts rows, FlowStep? step)
    {
        if (Divergences.AreSwapped(loss))
            return ("here the input holds probabilities and the target their logarithms: the arguments stand in the wrong order", new Advice("Swap them: the network's log-probabilities first, the distribution it shall follow second.", Divergences.Code(rows.Dimension)));
        if (rows.IsProbabilities)
            return ($"{LossSteps.Output(step)} is probabilities: the logarithm is missing", new Advice("Take log_softmax in place of softmax.", Divergences.Code(rows.Dimension)));
        if (step?.Kind == ModuleKind.LogSoftmax && LossCode.Dimension(step, loss.Input.Rank) is { } dimension && dimension != rows.Dimension)
            return ($"{step.Display} runs over dimension {dimension}, and along dimension {rows.Dimension} they do not", new Advice("Let the log_softmax run over the classes.", Divergences.Code(rows.Dimension)));
        return ($"{LossSteps.Output(step)} is raw scores", new Advice("Give it the log_softmax of the scores.", Divergences.Code(rows.Dimension)));
    }
}
