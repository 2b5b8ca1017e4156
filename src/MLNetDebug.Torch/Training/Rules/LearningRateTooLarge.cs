using MLNetDebug.Data;

namespace MLNetDebug.Torch.Training;

/// <summary>
/// Steps so long that the loss does not come down for it. Large updates alone are no fault (they are how a good rate begins), nor is a loss alone that does not fall; the two together are.
/// </summary>
internal sealed class LearningRateTooLarge(LearningRateTooLargeOptions? options = null) : Rule<TrainingWindow>
{
    // Before the first update nobody has moved anything.
    private const int ZigZagSteps = 32;
    private const double StuckShare = 0.95;
    private const double StuckFactor = 2;
    private const double LagShare = 0.5;
    private const int LagFactor = 2;

    // A slope of so many standard errors is a fall.
    private const double Falls = -3;
    private const double ClimbShare = 0.5;

    private const int DriftSteps = 80;
    private const int DriftParts = 4;

    // An update as long as the weight itself replaces it; one is enough.
    private const double Replaced = 1;

    private readonly LearningRateTooLargeOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.LearningRateTooLarge, nameof(RuleIds.LearningRateTooLarge), "The learning rate is too large.", RuleCategory.Optimizer, Severity.Warning, ProofKind.Statistical)
    { Notes = [3] };

    public override RuleOptions Options => _options;

    protected override void Judge(TrainingWindow measured, FindingSink sink)
    {
        if (JudgeNegative(measured, sink))
            return;
        var course = Course.Of(measured);
        if ((Infinite(course) ?? Blown(course) ?? Climbs(course) ?? Swings(course)) is { } loss && Long(course, 1) is { } steps)
            sink.Report(Draft(measured, steps, loss));
        // Hard tasks begin with a plateau, at good rates too.
        else if ((Stuck(course) ?? Lags(course)) is { } slow && Long(course, StuckFactor) is { } far)
            sink.Report(Draft(measured, far, slow));
        // A network that is dead moves no more: one long step must do.
        else if (Dead(course) is { } dead && (Long(course, 1) ?? Hit(course)) is { } hit)
            sink.Report(Draft(measured, hit, dead));
        else if (Drifts(course) is { } drift)
            sink.Report(Suspicion(measured, drift));
    }

    private static bool JudgeNegative(TrainingWindow window, FindingSink sink)
    {
        if (window.Optimizers.SelectMany(o => o.Groups).FirstOrDefault(g => g.LearningRate < 0) is not { } group)
            return false;
        sink.Report(new FindingDraft(RunPlaces.Optimizer(window), $"The learning rate is {Words.Number(group.LearningRate)}: with a negative rate every step goes up the loss.")
        {
            Evidence = [new Evidence("learning rate", group.LearningRate) { Threshold = 0 }],
            Advice = [new Advice("Take the rate without its sign.", RunPlaces.WithRate(window, -group.LearningRate))],
        });
        return true;
    }

    /// <summary>Updates that are too large: by their ratio, or by what they have done to the weights.</summary>
    private Sign? Long(Course course, double factor)
    {
        var updates = course.Updates.Where(double.IsFinite).ToArray();
        var lasting = updates.Length > 1 ? updates.Skip(1).Zip(updates, Math.Min).Max() : double.NaN;
        if (lasting > factor * _options.UpdateRatio)
            return Moved(course, lasting, factor * _options.UpdateRatio, "at two sampled steps in a row ");
        if (updates.Length > 0 && updates.Max() > Replaced)
            return Moved(course, updates.Max(), Replaced, string.Empty);
        return course.Window.Step < _options.GrowthSteps && course.Growth > factor * _options.Growth
            ? new($"the weights are {Words.Number(course.Growth)} times as large as before the first step (median over {Words.Count(course.Weights.Count, "weight")})",
                new Evidence("norm of the weights over the initial one", course.Growth) { Threshold = factor * _options.Growth })
            : null;
    }

    /// <summary>One update that is too large.</summary>
    private Sign? Hit(Course course)
    {
        // The newest came after the output that was seen last.
        var most = course.Updates.SkipLast(1).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max();
        return most > _options.UpdateRatio ? Moved(course, most, _options.UpdateRatio, string.Empty) : null;
    }

    private static Sign Moved(Course course, double ratio, double bar, string when) => new(
        $"one step {when}moved a weight by {Words.Percent(ratio)} of its norm (median over {Words.Count(course.Weights.Count, "weight")}; 0.1 % is usual)",
        new Evidence("norm of the update over norm of the weight", ratio) { Threshold = bar });

    private Sign? Infinite(Course course)
    {
        var losses = course.Losses;
        if (losses.Count == 0 || !double.IsNaN(losses[^1]) || losses.Where(double.IsFinite).TakeLast(3).ToArray() is not { Length: > 0 } before)
            return null;
        // A loss that breaks off at its usual height was ended by something else, such as the logarithm of 0.
        var height = before.Max();
        return height > _options.Blown * course.Worst || (course.Updates.Any(u => u > Replaced) && losses.Count <= 10)
            ? new($"the loss rose to {Words.Number(height)} and then left the numbers", new Evidence("loss before it left the numbers", height) { Threshold = _options.Blown * course.Worst })
            : null;
    }

    private Sign? Blown(Course course) => course.Level > _options.Blown * course.Worst && course.Worst > 0
        ? new($"the loss is {Words.Number(course.Level)}, {Words.Number(course.Level / course.Worst)} times {Origin(course)}", new Evidence("loss, median of 10 steps", course.Level) { Threshold = _options.Blown * course.Worst })
        : null;

    private Sign? Climbs(Course course)
    {
        var (smoothed, best) = course.Smooth;
        return smoothed > _options.Climb * best && best > 0 && course.Level > ClimbShare * course.Untrained && course.Level > best
            ? new($"the loss has climbed from {Words.Number(best)} to {Words.Number(smoothed)}", new Evidence("smoothed loss", smoothed) { Threshold = _options.Climb * best })
            : null;
    }

    private Sign? Stuck(Course course) => course.Steps >= _options.StuckSteps && course.Untrained > 0 && course.Level > StuckShare * course.Untrained
        ? new($"after {Words.Count(course.Steps, "step")} the loss is {Words.Number(course.Level)}, no better than that of an untrained network ({Words.Number(course.Untrained)})",
            new Evidence("loss, median of 10 steps", course.Level) { Threshold = StuckShare * course.Untrained })
        : null;

    /// <summary>Such steps take the weights far out at once; from there some learning goes on, and ends far above what it could.</summary>
    private Sign? Lags(Course course) => course.Steps >= LagFactor * _options.StuckSteps && course.Untrained > 0 && course.Level > LagShare * course.Untrained && !IsFalling(course)
        ? new($"after {Words.Count(course.Steps, "step")} the loss is {Words.Number(course.Level)}, still more than half of an untrained network's ({Words.Number(course.Untrained)})",
            new Evidence("loss, median of 10 steps", course.Level) { Threshold = LagShare * course.Untrained })
        : null;

    /// <summary>Half of what an untrained network costs is out of reach for many tasks: a loss that still comes down is on its way.</summary>
    private bool IsFalling(Course course) => Series.Slope(course.Losses.TakeLast((int)Math.Min(LagFactor * _options.StuckSteps, TrainingWindow.Steps))).T < Falls;

    // The first output is that of a network which nothing has moved yet.
    private static Sign? Dead(Course course) => course.Window.Output is { AlikeSamples: > 0, Samples: > 1 } && course.Untrained > 0 && course.Level > StuckShare * course.Untrained
        ? new($"since then the network gives every row the same answer, at a loss of {Words.Number(course.Level)}", new Evidence("loss, median of 10 steps", course.Level) { Threshold = StuckShare * course.Untrained })
        : null;

    private Sign? Swings(Course course)
    {
        if (course.Losses.Count < ZigZagSteps || !(course.Level > ClimbShare * course.Untrained))
            return null;
        var swing = Series.ChangeCorrelation(course.Losses.TakeLast(ZigZagSteps));
        return swing < _options.ZigZag
            ? new($"the loss jumps up and down from step to step around {Words.Number(course.Level)}", new Evidence("correlation of a change of the loss with the next", swing) { Threshold = _options.ZigZag })
            : null;
    }

    /// <summary>A loss that climbs part by part over many steps, though no update is large.</summary>
    private Sign? Drifts(Course course)
    {
        // What has not climbed as a whole need not be looked at part by part.
        if (course.Losses.Count < DriftSteps || Climbs(course) is not { } climb)
            return null;
        var parts = Series.Parts(course.Losses.TakeLast(DriftSteps), DriftParts);
        return parts.Length == DriftParts && parts.Skip(1).Zip(parts, (now, before) => now > before).All(up => up) ? climb : null;
    }

    private static string Origin(Course course) => course.Worst == course.Start ? $"that of the first step ({Words.Number(course.Start)})" : $"that of a constant answer ({Words.Number(course.Constant)})";

    private static FindingDraft Draft(TrainingWindow window, Sign steps, Sign loss)
    {
        var rate = RunPlaces.Rate(window);
        return new FindingDraft(
            RunPlaces.Optimizer(window),
            $"The learning rate{(double.IsFinite(rate) ? $" of {Words.Number(rate)}" : string.Empty)} is too large: {steps.Says}, and {loss.Says}.")
        {
            Evidence = [steps.Evidence, loss.Evidence, .. double.IsFinite(rate) ? [new Evidence("learning rate", rate)] : Array.Empty<Evidence>()],
            Advice =
            [
                new Advice("Begin again with a tenth of the rate; a third may be enough.", RunPlaces.WithRate(window, RunPlaces.Part(rate, 10))),
                new Advice("Or let the rate rise over the first steps, and call scheduler.step() after each.", "var scheduler = torch.optim.lr_scheduler.LinearLR(optimizer, start_factor: 0.01, total_iters: 200);"),
            ],
        };
    }

    private static FindingDraft Suspicion(TrainingWindow window, Sign drift) => new(
        RunPlaces.Optimizer(window), $"Over {Words.Count(DriftSteps, "step")} {drift.Says}, without a spike and though no update is large: the rate may be too large for where training has come to, or the batches have changed.")
    {
        Confidence = Confidence.Suspected,
        Evidence = [drift.Evidence],
        Advice = [new Advice("Try a third of the rate from the last good weights on, and see whether the batches of these steps are others than before.", RunPlaces.WithRate(window, RunPlaces.Part(RunPlaces.Rate(window), 3)))],
    };
}
