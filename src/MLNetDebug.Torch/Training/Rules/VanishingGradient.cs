using MLNetDebug.Data;

namespace MLNetDebug.Torch.Training;

/// <summary>
/// A gradient that shrinks from layer to layer on its way to the input, until the first layers get nothing of it. That alone may be a small share of a good gradient; it must show, in updates or in the
/// loss.
/// </summary>
internal sealed class VanishingGradient(VanishingGradientOptions? options = null) : Rule<TrainingWindow>
{
    private const int LeastLayers = 3;
    private const double StuckShare = 0.95;

    // Below half of what an untrained network costs, training has come through.
    private const double LearnedShare = 0.5;

    private readonly VanishingGradientOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.VanishingGradient, nameof(RuleIds.VanishingGradient), "The gradient is lost on its way to the first layers.", RuleCategory.Gradients, Severity.Warning, ProofKind.Statistical)
    { Notes = [9], SymptomOf = [RuleIds.LearningRateTooLarge] };

    public override RuleOptions Options => _options;

    protected override void Judge(TrainingWindow measured, FindingSink sink)
    {
        var course = Course.Of(measured);
        if (course.Steps < _options.LeastSteps || course.Level < LearnedShare * course.Untrained)
            return;
        var layers = course.Layers;
        if (layers.Count < LeastLayers || Lost(layers) is not { } lost)
            return;
        var before = layers.Take(lost + 1).ToArray();
        var (moved, stuck) = (before.Max(l => l.Update), course.Steps >= _options.StuckSteps && course.Level > StuckShare * course.Untrained);
        var isStill = moved < _options.UpdateRatio;
        sink.Report(Draft(course, layers, lost, isStill ? moved : null, stuck));
    }

    /// <summary>The last of the first layers whose gradients are all next to nothing beside those behind them. Gradients of exactly 0 are those of dead units, which is another fault.</summary>
    private int? Lost(IReadOnlyList<LayerGradient> layers)
    {
        var most = layers.Max(l => l.Relative);
        var lost = layers.TakeWhile(l => l.Relative < _options.LostShare * most).Count() - 1;
        return lost >= 0 && lost < layers.Count - 1 && layers[lost].Relative > 0 ? lost : null;
    }

    private FindingDraft Draft(Course course, IReadOnlyList<LayerGradient> layers, int lost, double? moved, bool isStuck)
    {
        var (at, most, shown) = (layers[lost], layers.MaxBy(l => l.Relative)!, moved is not null || isStuck);
        var share = at.Relative / most.Relative;
        return new FindingDraft(
            at.Subject(course.Window),
            $"The gradient is lost at {at.Named}: beside its weights it is {Words.Number(1 / share)} times smaller than at {most.Named}" +
            (lost > 0 ? $", and at {layers[0].Named}, {Words.Count(lost, "layer")} before it, {Words.Number(most.Relative / layers[0].Relative)} times" : string.Empty) + ". " +
            (moved is { } update ? $"One step moves these weights by {Words.Number(update)} of their norm at most: they stay as they were drawn." : isStuck ? $"After {Words.Count(course.Steps, "step")} the loss is still {Words.Number(course.Level)}." : "So far the loss does not suffer from it."))
        {
            Confidence = shown ? Confidence.Confirmed : Confidence.Suspected,
            Severity = shown ? null : Severity.Info,
            Evidence =
            [
                new Evidence($"relative gradient of {at.Module} over the largest", share) { Threshold = _options.LostShare },
                .. moved is { } m ? [new Evidence("norm of the update over norm of the weight, first layers", m) { Threshold = _options.UpdateRatio }] : Array.Empty<Evidence>(),
                .. isStuck ? [new Evidence("loss, median of 10 steps", course.Level) { Threshold = StuckShare * course.Untrained }] : Array.Empty<Evidence>(),
            ],
            Advice =
            [
                new Advice("Where a sigmoid or a tanh stands behind these layers, take a ReLU, whose slope is 1, and draw the weights for it.", string.Join('\n', layers.Take(lost + 1).Where(l => l.Module.Length > 0 && l.Type is "Linear" or "Conv1d" or "Conv2d" or "Conv3d").Take(Words.MaxNames).Select(l => $"_ = torch.nn.init.kaiming_uniform_({Networks.StructureCode.Expression(l.Module)}.weight);")) is { Length: > 0 } code ? code : null),
                new Advice("A deep network passes the gradient on better with a normalisation behind each layer, or with each block's input added to its output."),
            ],
        };
    }
}
