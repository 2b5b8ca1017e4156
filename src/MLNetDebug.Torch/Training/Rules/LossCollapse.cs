using MLNetDebug.Data;
using MLNetDebug.Torch.Networks;

namespace MLNetDebug.Torch.Training;

/// <summary>A training loss of nothing that nothing was learned by: rows known by heart, answers that leak, or a softmax that was saturated before anything was learned.</summary>
internal sealed class LossCollapse(LossCollapseOptions? options = null) : Rule<TrainingWindow>
{
    private const int LeastValidations = 3;
    private const double Better = 0.95;

    private readonly LossCollapseOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.LossCollapse, nameof(RuleIds.LossCollapse), "The training loss falls to nothing, and nothing is learned by it.", RuleCategory.LossAndOutput, Severity.Warning, ProofKind.Statistical)
    { Notes = [1] };

    public override RuleOptions Options => _options;

    protected override void Judge(TrainingWindow measured, FindingSink sink)
    {
        var course = Course.Of(measured);
        if (Saturated(measured, course) is { } saturated)
            sink.Report(saturated);
        else if (course.Steps >= _options.LeastSteps && course.Level < _options.Collapsed * course.Constant && course.Level >= 0)
            JudgeCollapse(measured, course, sink);
    }

    /// <summary>Single losses of exactly 0 beside a huge mean, from the first step on. Where the loss began at its usual height, it was training that drove the logits apart.</summary>
    private FindingDraft? Saturated(TrainingWindow window, Course course)
    {
        // Where a class is rare a constant answer is cheap; a network that knows nothing yet pays for all classes.
        var high = _options.Huge * Math.Max(course.Constant, window.Loss.Classes > 1 ? Math.Log(window.Loss.Classes) : 0);
        if (window.Step >= _options.StartSteps || window.Output is not { } output || !(window.Loss.First > high) || !(Latest(course) > high))
            return null;
        var (margin, zeros) = (output.MedianMargin > _options.Margin, output.ZeroLossShare > 0);
        if (!margin && !zeros)
            return null;
        return new FindingDraft(
            RunPlaces.Run(window),
            $"The softmax is saturated from the start: {(zeros ? $"{Words.Percent(output.ZeroLossShare)} of the rows have a loss of exactly 0" : $"the median row's largest logit leads by {Words.Number(output.MedianMargin)}")}, while the mean loss is " +
            $"{Words.Number(Latest(course))}, where a constant answer costs {Words.Number(course.Constant)}. The network is sure of what it cannot know, and rows that are right by chance give no gradient.")
        {
            Confidence = margin && zeros ? Confidence.Confirmed : Confidence.Suspected,
            Evidence =
            [
                new Evidence("median lead of the largest logit", output.MedianMargin) { Threshold = _options.Margin },
                new Evidence("share of losses of exactly 0", output.ZeroLossShare) { Threshold = 0 },
                new Evidence("loss", Latest(course)) { Threshold = high },
            ],
            Advice =
            [
                new Advice("Bring the inputs to zero mean and a standard deviation of 1, and draw the weights on the usual scale.", InitialisationCode(window)),
                new Advice("Let the last layer start small, so that the first answers are guesses."),
            ],
        };
    }

    private static double Latest(Course course) => Robust.Median(course.Losses.TakeLast(5));

    private static string? InitialisationCode(TrainingWindow window) => window.Parameters.Where(p => p is { Role: ParameterRole.Weight, Shape.Count: >= 2 } && p.Name == p.Module + ".weight").Take(Words.MaxNames)
        .Select(p => $"_ = torch.nn.init.kaiming_uniform_({StructureCode.Expression(p.Module)}.weight);").ToArray() is { Length: > 0 } lines ? string.Join('\n', lines) : null;

    private void JudgeCollapse(TrainingWindow window, Course course, FindingSink sink)
    {
        var held = window.Epochs.Where(e => e.Validation is not null).Select(e => e.Validation!).ToArray();
        if (held.Length == 0 || !double.IsFinite(held[^1].JudgedLoss))
        {
            sink.NotChecked(RunPlaces.Run(window), $"whether a training loss of {Words.Number(course.Level)} was learned or is known by heart: no held-out loss was given at the end of an epoch");
            return;
        }

        var last = held[^1];
        var constant = double.IsFinite(last.LabelEntropy) ? last.LabelEntropy : course.Constant;
        // What was once better was learned, and lost again to something else: overfitting, or running statistics that one batch has spoilt.
        if (held.Length >= LeastValidations && last.JudgedLoss >= constant && held.All(h => !(h.JudgedLoss < Better * constant)) && IsGuessing(last) is { } guess)
            sink.Report(Draft(course, held, constant, guess));
        // A leak helps held-out rows for an epoch, as long as other features are listened to; one validation alone may be running statistics that a batch has spoilt.
        else if (held.Length >= LeastValidations && held.TakeLast(LeastValidations).All(h => h.JudgedLoss >= constant && HasLittleSkill(h)))
            sink.Report(Draft(course, held, constant, Needed(last)));
    }

    /// <summary>Answers that have come less than half the way from the most frequent class to all right: the skill score of forecasters, with that class as reference.</summary>
    private bool HasLittleSkill(ValidationRecord held) => held.Rows >= _options.LeastRows && held.Accuracy < Needed(held);

    private double Needed(ValidationRecord held) => held.MajorityShare + (_options.LeastSkill * (1 - held.MajorityShare));

    /// <summary>
    /// Whether the held-out answers are no better than the most frequent class. A network that is sure and often right may well have a loss above a constant's; that is no collapse (it is MLD401's
    /// question). Null where they are better, NaN where no accuracy is known.
    /// </summary>
    private double? IsGuessing(ValidationRecord held)
    {
        if (!double.IsFinite(held.Accuracy) || !double.IsFinite(held.MajorityShare) || held.Rows <= 0)
            return double.NaN;
        var bar = held.GuessBar(_options.Errors);
        return held.Rows >= _options.LeastRows && held.Accuracy <= bar ? bar : null;
    }

    private FindingDraft Draft(Course course, ValidationRecord[] held, double constant, double guess)
    {
        var (window, last) = (course.Window, held[^1]);
        var rose = last.JudgedLoss > held[0].JudgedLoss;
        return new FindingDraft(
            RunPlaces.Run(window),
            $"The training loss has fallen to {Words.Number(course.Level)}, and nothing was learned by it: on held-out rows it is {Words.Number(last.JudgedLoss)}, no better than a constant answer's {Words.Number(constant)}" +
            (double.IsNaN(guess) ? string.Empty : $", and {Words.Percent(last.Accuracy)} of them are answered right, where the most frequent class alone makes {Words.Percent(last.MajorityShare)}") +
            (rose ? $"; it has risen from {Words.Number(held[0].JudgedLoss)} at the end of the first epoch" : string.Empty) +
            ". The rows are known by heart, as with labels that do not belong to them, or the training rows hold an answer that others do not.")
        {
            Confidence = double.IsNaN(guess) && !rose ? Confidence.Suspected : Confidence.Confirmed,
            Evidence =
            [
                new Evidence("training loss, median of 10 steps", course.Level) { Threshold = _options.Collapsed * course.Constant },
                new Evidence("held-out loss", last.JudgedLoss) { Threshold = constant },
                .. double.IsNaN(guess) ? Array.Empty<Evidence>() : [new Evidence("held-out accuracy", last.Accuracy) { Threshold = guess }],
            ],
            Advice =
            [
                new Advice("Look whether rows and labels are still paired: shuffle both by one permutation.", "var order = torch.randperm(x.shape[0]);\n(x, y) = (x[order], y[order]);"),
                new Advice("Look for a feature that holds the answer in the training rows only, such as an id or a value that is filled in afterwards."),
            ],
        };
    }
}
