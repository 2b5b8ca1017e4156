using MLNetDebug.Data;
using MLNetDebug.Torch.Training.Signals;
using MLNetDebug.Torch.Training.Snapshots;

namespace MLNetDebug.Torch.Training.Actions;

/// <summary>Decides what is done about confirmed findings, and does it, a limited number of times.</summary>
internal sealed class Mender(TrainingSignals signals, RateControl rates, GradientClipper clipper, int maxMends, Action<TrainingEventKind, string, string> tell)
{
    private const double Cut = 3;

    // The best rate lies several times below the one at which training comes apart (Smith 2017).
    private const int LeastCuts = 2;

    // At most so many thirds at once: of weights near 0 the first update says little about the rate.
    private const int MostCuts = 4;

    // A loss that far above its best belongs to weights that are spoilt already.
    private const double Spoilt = 3;

    /// <summary>Mends used up.</summary>
    public int Mends { get; set; }

    /// <summary>Batches left out.</summary>
    public int Passed { get; set; }

    /// <summary>The point to go back to; null before the first step.</summary>
    public GoodSnapshot? Good { get; set; }

    /// <summary>The step of the last action; null before the first.</summary>
    public long? LastActionStep { get; private set; }

    /// <summary>Acts on the confirmed findings of a step that is not taken yet.</summary>
    public StepDecision Decide(IEnumerable<Finding> findings)
    {
        var confirmed = findings.Where(f => f is { Confidence: Confidence.Confirmed, Severity: >= Severity.Warning }).Select(f => f.Rule.Id).ToHashSet();
        if (Mends >= maxMends)
            return StepDecision.Take;
        if (confirmed.Contains(RuleIds.LearningRateTooLarge))
            return RollBack(RuleIds.LearningRateTooLarge, StepDecision.Take, LeastCuts);
        if (confirmed.Contains(RuleIds.LossSpike))
            return Pass(RuleIds.LossSpike);
        if (confirmed.Contains(RuleIds.ExplodingGradient))
            return clipper.Limit is null ? Clip(RuleIds.ExplodingGradient) : RollBack(RuleIds.ExplodingGradient, StepDecision.Take);
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
        if (isBatch || (inRow == 1 && isHealthyBefore) || Mends >= maxMends)
            return StepDecision.Skip;
        return RollBack(RuleIds.NonFinite, StepDecision.Skip, LeastCuts);
    }

    private bool IsSpoilt
    {
        get
        {
            var best = double.IsNaN(signals.Loss.Best) ? signals.Loss.First : Math.Min(signals.Loss.Best, signals.Loss.First);
            // Before the step at hand: its own loss shall be judged, not judge. And a loss below 0, of densities say, is not spoilt by standing above a multiple of it.
            return signals.Loss.SmoothedBefore > best + ((Spoilt - 1) * Math.Abs(best));
        }
    }

    /// <summary>How many thirds the rate is to be cut by: at least so many, or as many as bring the first update of this part of the run down to what is usual.</summary>
    private int Cuts(int least, GoodSnapshot good)
    {
        var times = FirstUpdate.TimesUsual(signals);
        // What was worth keeping was learned with this rate: it cannot be that far off.
        var thirds = times > 0 ? (int)Math.Min(good.Step == 0 ? MostCuts : LeastCuts, Math.Round(Math.Log(times, Cut))) : 0;
        return Math.Min(Math.Max(thirds, least), maxMends - Mends);
    }

    private StepDecision Pass(string rule)
    {
        if (IsSpoilt)
            return RollBack(rule, StepDecision.Skip);
        Acted();
        tell(TrainingEventKind.Skipped, rule, $"The batch of step {Words.Number(signals.Step)} is left out: its loss of {Words.Number(signals.Loss.Last)} stands far above the {Words.Number(signals.Loss.SmoothedBefore)} before it.");
        // One bad batch is over once it is left out; where they come again, clipping takes their sting.
        if (Passed++ > 0 && clipper.Limit is null)
            BeginToClip(rule);
        return StepDecision.Skip;
    }

    private StepDecision Clip(string rule)
    {
        if (!BeginToClip(rule))
            return RollBack(rule, StepDecision.Take);
        Acted();
        return StepDecision.Take;
    }

    private bool BeginToClip(string rule)
    {
        // Without the step at hand: it is what shall be clipped.
        if (!clipper.Begin([.. signals.GradientNorms.View().SkipLast(1)], signals.Parameters))
            return false;
        tell(TrainingEventKind.Clipped, rule, $"From step {Words.Number(signals.Step)} on gradients are clipped at {Words.Number(clipper.Limit!.Value)}, the 90th percentile of their history.");
        return true;
    }

    /// <summary>Goes back and lowers the rate; where no optimizer's state can be put back, all that is left is <paramref name="otherwise"/>.</summary>
    private StepDecision RollBack(string rule, StepDecision otherwise, int least = 1)
    {
        if (Good is not { IsComplete: true } good)
            return otherwise;
        var cuts = Cuts(least, good);
        Acted(cuts);
        good.Restore();
        signals.StartAnew(good.Step);
        tell(TrainingEventKind.RolledBack, rule, $"At step {Words.Number(signals.Step)} the run was put back to where it stood before step {Words.Number(good.Step)}: parameters, buffers, optimizer state and random state.");
        rates.Factor /= Math.Pow(Cut, cuts);
        tell(
            TrainingEventKind.RateLowered, rule,
            $"The learning rate is divided by {Words.Number(Math.Pow(Cut, cuts))}{(cuts > least ? ", by 3 as often as the first update calls for" : cuts > 1 ? ", by 3 twice" : "")}; with the factor of {Words.Number(rates.Factor)} it is {Words.Number(rates.Current)}.");
        return StepDecision.RolledBack;
    }

    private void Acted(int times = 1)
    {
        Mends += times;
        LastActionStep = signals.Step;
    }
}
