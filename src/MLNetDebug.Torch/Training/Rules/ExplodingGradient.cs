using MLNetDebug.Data;

namespace MLNetDebug.Torch.Training;

/// <summary>Gradients that have become far larger than they were, or that are far too large for the weights they belong to, while the loss suffers from it.</summary>
internal sealed class ExplodingGradient(ExplodingGradientOptions? options = null) : Rule<TrainingWindow>
{
    private const int Now = 20;
    private const double LogFloor = 0.1;
    private const long LeastSteps = 10;
    private const long StuckSteps = 40;
    private const double StuckShare = 0.95;
    private const double ClimbShare = 0.5;

    // Gradients so many times larger still are beyond every healthy training at any time: a loss that lags behind is sign enough.
    private const double LagFactor = 5;

    private readonly ExplodingGradientOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.ExplodingGradient, nameof(RuleIds.ExplodingGradient), "Gradients explode.", RuleCategory.Gradients, Severity.Warning, ProofKind.Statistical)
    { Notes = [9], SymptomOf = [RuleIds.LearningRateTooLarge] };

    public override RuleOptions Options => _options;

    protected override void Judge(TrainingWindow measured, FindingSink sink)
    {
        var course = Course.Of(measured);
        if (course.Steps < LeastSteps)
            return;
        var layers = course.Layers;
        var (jumped, large, loss) = (InTime(layers), InSize(layers), AtLoss(course));
        if ((jumped ?? large) is not { } first)
            return;
        if (large is { } far && far.Layer.Sensitivity > LagFactor * _options.Sensitivity)
            loss ??= Lags(course);
        var signs = new[] { jumped?.Sign, large?.Sign, loss }.OfType<Sign>().ToArray();
        sink.Report(Draft(course, first.Layer, signs));
    }

    /// <summary>Layers that have jumped; the one nearest to the loss, from where gradients come, is where it starts.</summary>
    private (LayerGradient Layer, Sign Sign)? InTime(IReadOnlyList<LayerGradient> layers)
    {
        foreach (var layer in layers.Reverse())
        {
            if (IsUsual(layer.Norms))
                continue;
            double[] before = [.. layer.Norms.SkipLast(Now).Where(n => n > 0).Select(n => Math.Log(n))];
            if (before.Length < _options.LeastBefore)
                continue;
            var usual = Robust.Median(before);
            var jumps = layer.Norms.TakeLast(Now).Where(n => Math.Log(n) > usual + Math.Log(_options.Factor) && Robust.Z(Math.Log(n), before, LogFloor) > _options.Deviations).ToArray();
            if (jumps.Length >= _options.LeastJumps)
            {
                var times = Robust.Median(jumps) / Math.Exp(usual);
                return (layer, new(
                    $"at {jumps.Length} of the last {Now} steps its norm was about {Words.Number(Robust.Median(jumps))}, {Words.Number(times)} times what it was before",
                    new Evidence("norm of the gradient over its median before", times) { Threshold = _options.Factor }));
            }
        }

        return null;
    }

    /// <summary>True where the largest of the last norms is no more than so many times more than half of the others, hence their median: most layers, at most times, and nothing need be sorted for them.</summary>
    private bool IsUsual(double[] norms)
    {
        var (before, most, near) = (Math.Max(0, norms.Length - Now), 0.0, 0);
        for (var i = before; i < norms.Length; i++)
            most = Math.Max(most, norms[i]);
        for (var i = 0; i < before; i++)
            near += norms[i] * _options.Factor >= most ? 1 : 0;
        return 2 * near > before;
    }

    /// <summary>Layers whose gradient is far too large for their weights and the loss; again the one nearest to the loss.</summary>
    private (LayerGradient Layer, Sign Sign)? InSize(IReadOnlyList<LayerGradient> layers) => layers.LastOrDefault(l => l.Sensitivity > _options.Sensitivity) is { } layer
        ? (layer, new(
            $"a change of its weights by 1 % can change the loss by {Words.Number(layer.Sensitivity)} % of what knowing nothing costs, where 0.1 to 10 is usual",
            new Evidence("norm of the gradient times norm of the weights over the loss of knowing nothing", layer.Sensitivity) { Threshold = _options.Sensitivity }))
        : null;

    private Sign? AtLoss(Course course)
    {
        var (smoothed, best) = course.Smooth;
        return course.Level > course.Worst || (course.Steps >= StuckSteps && course.Level > StuckShare * course.Untrained)
            ? new($"the loss is {Words.Number(course.Level)}, no lower than that of an untrained network ({Words.Number(course.Untrained)})", new Evidence("loss, median of 10 steps", course.Level) { Threshold = StuckShare * course.Untrained })
            : smoothed > _options.Climb * best && course.Level > ClimbShare * course.Untrained
            ? new($"the loss has climbed from {Words.Number(best)} to {Words.Number(smoothed)}", new Evidence("smoothed loss", smoothed) { Threshold = _options.Climb * best })
            : null;
    }

    private static Sign? Lags(Course course) => course.Steps >= StuckSteps && course.Level > ClimbShare * course.Untrained
        ? new($"after {Words.Count(course.Steps, "step")} the loss is still {Words.Number(course.Level)}, more than half of an untrained network's ({Words.Number(course.Untrained)})",
            new Evidence("loss, median of 10 steps", course.Level) { Threshold = ClimbShare * course.Untrained })
        : null;

    private static FindingDraft Draft(Course course, LayerGradient layer, Sign[] signs)
    {
        var limit = Networks.OptimizerCode.Number(ClipLimit.Of(course.Gradients(course.Window.GradientNorms).SkipLast(Now)));
        return new FindingDraft(
            layer.Subject(course.Window), $"The gradient explodes, beginning at {layer.Named}: {string.Join(", and ", signs.Select(s => s.Says))}.")
        {
            Confidence = signs.Length > 1 ? Confidence.Confirmed : Confidence.Suspected,
            Severity = signs.Length > 1 ? null : Severity.Info,
            Evidence = [.. signs.Select(s => s.Evidence)],
            Advice =
            [
                new Advice("Clip the gradients between backward and step; if more than half of the steps are clipped, lower the rate instead.", $"torch.nn.utils.clip_grad_norm_(model.parameters(), {limit});"),
                new Advice("Look at how the weights of that layer were drawn, and at the largest inputs it is given."),
            ],
        };
    }
}
