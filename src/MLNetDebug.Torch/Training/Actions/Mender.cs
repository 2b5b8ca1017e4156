using MLNetDebug.Data;
using MLNetDebug.Torch.Training.Signals;
using MLNetDebug.Torch.Training.Snapshots;

namespace MLNetDebug.Torch.Training.Actions;

/// <summary>Decides what is done about confirmed findings, and does it, a limited number of times.</summary>
internal sealed class Mender(TrainingSignals signals, RateControl rates, GradientClipper clipper, int maxMends, Action<TrainingEventKind, string, string> tell)
{
    private const double Cut = 3;

    // A loss that far above its best belongs to weights that are spoilt already.
    private const double Spoilt = 3;

    private int _mends;

    /// <summary>The point to go back to; null before the first step.</summary>
    public GoodSnapshot? Good { get; set; }

    /// <summary>The step of the last action; null before the first.</summary>
    public long? LastActionStep { get; private set; }

    /// <summary>Acts on the confirmed findings of a step that is not taken yet.</summary>
    public StepDecision Decide(IEnumerable<Finding> findings)
    {
        var confirmed = findings.Where(f => f is { Confidence: Confidence.Confirmed, Severity: >= Severity.Warning }).Select(f => f.Rule.Id).ToHashSet();
        if (_mends >= maxMends)
            return StepDecision.Take;
        if (confirmed.Contains(RuleIds.LearningRateTooLarge))
            return RollBack(RuleIds.LearningRateTooLarge, lowerRate: true);
        if (confirmed.Contains(RuleIds.LossSpike))
            return Pass(RuleIds.LossSpike);
        if (confirmed.Contains(RuleIds.ExplodingGradient))
            return clipper.Limit is null ? Clip(RuleIds.ExplodingGradient) : RollBack(RuleIds.ExplodingGradient, lowerRate: true);
        return StepDecision.Take;
    }

    /// <summary>Acts on a step that is not finite; it is not taken in any case.</summary>
    /// <param name="incident">What is known of it.</param>
    /// <param name="inRow">Steps in a row that were not finite, this one counted.</param>
    public StepDecision DecideNonFinite(NonFiniteIncident? incident, int inRow)
    {
        var isBatch = incident?.Direction == NonFiniteDirection.Input;
        var isHealthyBefore = incident?.Direction is not (NonFiniteDirection.Parameter or NonFiniteDirection.Update) && !IsSpoilt;
        // One bad batch harms nobody once it is left out.
        if (isBatch || (inRow == 1 && isHealthyBefore) || _mends >= maxMends)
            return StepDecision.Skip;
        return RollBack(RuleIds.NonFinite, lowerRate: true);
    }

    private bool IsSpoilt => signals.Loss.Smoothed > Spoilt * (double.IsNaN(signals.Loss.Best) ? signals.Loss.First : Math.Min(signals.Loss.Best, signals.Loss.First));

    private StepDecision Pass(string rule)
    {
        if (IsSpoilt)
            return RollBack(rule, lowerRate: true);
        Acted();
        tell(TrainingEventKind.Skipped, rule, $"The batch of step {Words.Number(signals.Step)} is left out: its loss of {Words.Number(signals.Loss.Last)} stands far above the {Words.Number(signals.Loss.Smoothed)} around it.");
        if (clipper.Limit is null)
            BeginToClip(rule);
        return StepDecision.Skip;
    }

    private StepDecision Clip(string rule)
    {
        if (!BeginToClip(rule))
            return RollBack(rule, lowerRate: true);
        Acted();
        return StepDecision.Take;
    }

    private bool BeginToClip(string rule)
    {
        // Without the step at hand: it is what shall be clipped.
        var norms = signals.GradientNorms.ToArray();
        if (!clipper.Begin(norms.Length > 0 ? norms[..^1] : [], signals.Parameters))
            return false;
        tell(TrainingEventKind.Clipped, rule, $"From step {Words.Number(signals.Step)} on gradients are clipped at {Words.Number(clipper.Limit!.Value)}, the 90th percentile of their history.");
        return true;
    }

    private StepDecision RollBack(string rule, bool lowerRate)
    {
        if (Good is not { IsComplete: true } good)
            return StepDecision.Take;
        Acted();
        good.Restore();
        signals.StartAnew();
        tell(TrainingEventKind.RolledBack, rule, $"At step {Words.Number(signals.Step)} the run was put back to where it stood before step {Words.Number(good.Step)}: parameters, buffers, optimizer state and random state.");
        if (lowerRate)
        {
            rates.Factor /= Cut;
            tell(TrainingEventKind.RateLowered, rule, $"The learning rate is divided by 3; with the factor of {Words.Number(rates.Factor)} it is {Words.Number(rates.Current)}.");
        }

        return StepDecision.RolledBack;
    }

    private void Acted()
    {
        _mends++;
        LastActionStep = signals.Step;
    }
}
