using MLNetDebug.Data;

namespace MLNetDebug.Torch.Training;

/// <summary>Steps so short that the loss crawls along a straight line, if it falls at all.</summary>
internal sealed class LearningRateTooSmall(LearningRateTooSmallOptions? options = null) : Rule<TrainingWindow>
{
    /// <summary>The name of the evidence that says how slow it is.</summary>
    public const string StepsToHalve = "steps until the loss is halved";

    private const int LeastSamples = 4;
    private const int Samples = 8;

    // Epochs that must have ended: a pace per epoch needs some.
    private const int LeastEpochs = 3;

    // A rate that is still being raised is not judged.
    private const double Rising = 1.5;

    // Weights that have grown or shrunk by more have moved: it was not the rate that left the loss where it is.
    private const double Grown = 0.1;

    // So many standard errors make a slope a fall.
    private const double Falls = 3;

    // A path of which no step leads back is this part of the weights' norm at most: nothing can have been learned on it.
    private const double Path = 0.03;

    private readonly LearningRateTooSmallOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.LearningRateTooSmall, nameof(RuleIds.LearningRateTooSmall), "The learning rate is too small.", RuleCategory.Optimizer, Severity.Warning, ProofKind.Statistical)
    { Notes = [3], SymptomOf = [RuleIds.VanishingGradient] };

    public override RuleOptions Options => _options;

    protected override void Judge(TrainingWindow measured, FindingSink sink)
    {
        var course = Course.Of(measured);
        var perEpoch = measured.Batches.BatchesPerEpoch;
        if (course.Steps < (measured.Epochs.Count >= LeastEpochs && perEpoch > 0 ? _options.LeastSteps : _options.LeastStepsWithoutEpoch) || !(course.Level > _options.Learned * course.Untrained))
            return;
        var (ratio, updates) = (Moves(course), course.Updates.TakeLast(Samples).ToArray());
        // What no step moves at all is not held back by the rate: MLD309 says so.
        if (!(ratio < _options.UpdateRatio) || ratio == 0 || updates.Length < LeastSamples || updates[^1] > Rising * updates[0] || Math.Abs(course.Growth - 1) > Grown)
            return;
        var (slope, t) = Series.Slope(course.Curve);
        // Only a fall has a pace.
        var steps = t < -Falls ? course.Level / 2 / (-slope / measured.Loss.CurveStride) : double.PositiveInfinity;
        if (steps < _options.Steps || (perEpoch > 0 && steps / perEpoch < _options.Epochs))
            return;
        if (double.IsFinite(steps) || ratio * course.Steps < Path)
            sink.Report(Draft(course, ratio, steps, perEpoch));
    }

    /// <summary>The update of the weight that moves most.</summary>
    private static double Moves(Course course) => course.Weights.Select(w => Robust.Median(w.UpdateRatios.TakeLast(Samples))).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max();

    private FindingDraft Draft(Course course, double ratio, double steps, long perEpoch)
    {
        var rate = RunPlaces.Rate(course.Window);
        var pace = double.IsFinite(steps)
            ? $"it falls along a straight line and needs {Words.Count((long)Math.Min(steps, 1e15), "step")}{(perEpoch > 0 ? $" ({Words.Count((long)Math.Min(steps / perEpoch, 1e15), "epoch")})" : string.Empty)} to halve"
            : $"in {Words.Count(course.Steps, "step")} it has not fallen measurably";
        return new FindingDraft(
            RunPlaces.Optimizer(course.Window),
            $"The learning rate{(double.IsFinite(rate) ? $" of {Words.Number(rate)}" : string.Empty)} is too small: one step moves a weight by {Words.Number(ratio)} of its norm at most, where 0.001 is usual, and the loss of {Words.Number(course.Level)} says so: {pace}.")
        {
            Evidence =
            [
                new Evidence("norm of the update over norm of the weight, largest of the weights", ratio) { Threshold = _options.UpdateRatio },
                .. double.IsFinite(steps) ? [new Evidence(StepsToHalve, steps) { Threshold = _options.Steps, Unit = "steps" }] : Array.Empty<Evidence>(),
                .. double.IsFinite(rate) ? [new Evidence("learning rate", rate)] : Array.Empty<Evidence>(),
            ],
            Advice =
            [
                new Advice("Take ten times the rate, and ten times again, until the loss falls within the first epochs.", rate > 0 ? RunPlaces.WithRate(course.Window, RunPlaces.Times(rate, 10)) : null),
                new Advice("Or start from Adam at its usual rate.", "var optimizer = torch.optim.Adam(model.parameters(), 0.001);"),
            ],
        };
    }
}
