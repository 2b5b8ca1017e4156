using MLNetDebug.Data;

namespace MLNetDebug.Torch.Training;

/// <summary>One batch whose loss and gradient stand far above those of all batches before it.</summary>
internal sealed class LossSpike(LossSpikeOptions? options = null) : Rule<TrainingWindow>
{
    // The steps a spike is held against.
    private const int Before = 64;

    // Steps after it that tell whether the loss came down again.
    private const int After = 5;

    // Where all losses before are nearly alike, a deviation counts as so much of their median.
    private const double LossFloor = 0.05;
    private const double LogFloor = 0.1;
    private readonly LossSpikeOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.LossSpike, nameof(RuleIds.LossSpike), "A single batch throws the loss far above what it was.", RuleCategory.Gradients, Severity.Warning, ProofKind.Statistical)
    { Notes = [3], SymptomOf = [RuleIds.LearningRateTooLarge] };

    public override RuleOptions Options => _options;

    protected override void Judge(TrainingWindow measured, FindingSink sink)
    {
        var course = Course.Of(measured);
        var (losses, norms) = (course.Losses, course.Gradients(measured.GradientNorms));
        // A step that can still be left out is judged for itself: what lies behind it is no reason to do so. Older ones only as far back as gradients tell what was before.
        var first = measured.IsBeforeUpdate ? losses.Count - 1 : losses.Count - Math.Max(norms.Count, _options.LeastBefore) + _options.LeastBefore;
        for (var at = losses.Count - 1; at >= Math.Max(first, _options.LeastBefore); at--)
        {
            if (losses[at] > _options.Untrained * course.Worst && Judge(course, losses, norms, at) is { } spike)
            {
                sink.Report(spike);
                return;
            }
        }
    }

    private FindingDraft? Judge(Course course, IReadOnlyList<double> losses, IReadOnlyList<double> norms, int at)
    {
        double[] before = [.. losses.Take(at).TakeLast(Before).Where(double.IsFinite)];
        if (before.Length < _options.LeastBefore)
            return null;
        var (loss, median) = (losses[at], Robust.Median(before));
        var high = Robust.Z(loss, before, LossFloor * Math.Abs(median));
        // Half the way up at the step before: not one batch, but a loss that climbs.
        if (!(high > _options.Deviations) || losses[at - 1] - median > (loss - median) / 2)
            return null;
        var gradient = Gradient(norms, at - losses.Count + norms.Count);
        return gradient is not { } jump || (jump.Z > _options.Deviations && jump.Factor > _options.GradientFactor) ? Draft(course, at, median, high, gradient) : null;
    }

    /// <summary>How the gradient's norm at a step stands against those before; null where they are not known.</summary>
    private (double Z, double Factor, double Norm)? Gradient(IReadOnlyList<double> norms, int at)
    {
        double[] before = at < 1 ? [] : [.. norms.Take(at).TakeLast(Before).Where(n => n > 0)];
        return before.Length < _options.LeastBefore || !double.IsFinite(norms[at]) ? null
            : (Robust.Z(Math.Log(norms[at]), [.. before.Select(n => Math.Log(n))], LogFloor), norms[at] / Robust.Median(before), norms[at]);
    }

    private FindingDraft Draft(Course course, int at, double median, double high, (double Z, double Factor, double Norm)? gradient)
    {
        var (losses, step) = (course.Losses, course.Window.Step - (course.Losses.Count - 1 - at));
        var after = losses.Skip(at + 1).Take(After).Where(double.IsFinite).ToArray();
        var then = course.Window.IsBeforeUpdate && at == losses.Count - 1 ? "The step is not taken yet."
            : after.Length < After ? string.Empty
            : Robust.Median(after) - median > (losses[at] - median) / 2 ? "The loss has not come down since."
            : "The loss came down again at once.";
        return new FindingDraft(
            RunPlaces.Run(course.Window, step),
            $"At step {Words.Number(step)} the loss jumped to {Words.Number(losses[at])}, where the {Words.Number(Math.Min(at, Before))} steps before had {Words.Number(median)} ({Words.Number(high)} robust standard deviations)" +
            (gradient is { } g ? $", and the norm of the gradient to {Words.Number(g.Norm)}, {Words.Number(g.Factor)} times what it was. " : ". ") + then)
        {
            Confidence = gradient is null ? Confidence.Suspected : Confidence.Confirmed,
            Severity = gradient is null ? Severity.Info : null,
            Evidence =
            [
                new Evidence("robust z of the loss", high) { Threshold = _options.Deviations },
                .. gradient is { } jump
                    ? [new Evidence("robust z of the logarithm of the gradient's norm", jump.Z) { Threshold = _options.Deviations }, new Evidence("norm of the gradient over its median", jump.Factor) { Threshold = _options.GradientFactor }]
                    : Array.Empty<Evidence>(),
            ],
            Advice =
            [
                new Advice("Look at the batch of that step: rows on another scale, broken rows, wrong labels."),
                new Advice(
                    "A norm that most steps keep below takes the force out of such a batch.",
                    $"torch.nn.utils.clip_grad_norm_(model.parameters(), {Limit(course)});"),
            ],
        };
    }

    /// <summary>The 90th percentile of the norms before, in few digits.</summary>
    private static string Limit(Course course) => Networks.OptimizerCode.Number(ClipLimit.Of(course.Gradients(course.Window.GradientNorms)));
}
