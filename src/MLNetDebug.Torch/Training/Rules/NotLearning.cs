using MLNetDebug.Data;
using MLNetDebug.Torch.Networks;

namespace MLNetDebug.Torch.Training;

/// <summary>A loss that has stopped where no training should end: at a floor that the network's own ending builds, at the price of a constant answer, or where it began; or that of held-out rows, while training rows are learned by heart.</summary>
internal sealed class NotLearning(NotLearningOptions? options = null) : Rule<TrainingWindow>
{
    private const int Tail = 128;

    // A slope of so many standard errors is a fall, however slow.
    private const double Falls = -3;
    private const double AtStartShare = 0.98;

    // Sampled steps that weights must have stayed the same at.
    private const int LeastSamples = 4;

    // Where nothing moves, the rate is too small, and the loss has no reason to fall.
    private const double Still = 1e-4;

    // Without a second sign a plateau is worth a word from the start, a warning only after so many times the steps: hard tasks begin with one.
    private const int Patience = 2;

    // Held-out epochs that the present is judged by: one alone is noisy.
    private const int Latest = 3;

    // Entropies of training and held-out labels that differ by less are of one mix of classes.
    private const double SameMix = 0.1;

    // Standard errors that held-out answers must be better than the most frequent class by.
    private const double Errors = 3;

    // Outputs that differ from row to row by less than this part of their size are one answer.
    private const double OneAnswer = 0.05;

    private readonly NotLearningOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.NotLearning, nameof(RuleIds.NotLearning), "The loss does not fall.", RuleCategory.Optimizer, Severity.Warning, ProofKind.Statistical)
    { SymptomOf = [RuleIds.LearningRateTooLarge, RuleIds.LearningRateTooSmall, RuleIds.VanishingGradient, RuleIds.DeadUnits, RuleIds.LossCollapse] };

    public override RuleOptions Options => _options;

    protected override void Judge(TrainingWindow measured, FindingSink sink)
    {
        var course = Course.Of(measured);
        if ((Unmoved(course) ?? (IsDue(course) ? Standing(course) ?? Untransferred(course) : null)) is { } found)
            sink.Report(found);
    }

    private bool IsDue(Course course) =>
        course.Steps >= _options.LeastSteps && (course.Window.Epochs.Count == 0 || course.Window.Epochs.Count >= _options.LeastEpochs) && !(course.Updates.LastOrDefault(double.NaN) < Still);

    /// <summary>A training loss that stands still, judged by its height.</summary>
    private FindingDraft? Standing(Course course)
    {
        double[] tail = [.. course.Losses.TakeLast(Tail).Where(double.IsFinite)];
        if (tail.Length < Tail || Series.Parts(tail, 2) is not [var before, var now])
            return null;
        var (level, isFlat) = (tail.Average(), Math.Abs(now - before) <= _options.Flat * Math.Abs(now));
        if (LossFloor.Of(course.Window).FirstOrDefault(f => IsAt(f, level, course.Window.Loss.Least) && (isFlat || f.IsSeen is true)) is { } floor)
            return AtFloor(course, level, floor);
        if (!isFlat || Series.Slope(tail).T < Falls)
            return null;
        if (Math.Abs(level - course.Constant) < _options.Constant * course.Constant)
            return AtConstant(course, level);
        return level >= AtStartShare * course.Start && course.Start > 0 && !(level < course.Constant) ? AtStart(course, level) : null;
    }

    /// <summary>A training loss that falls, and held-out rows of which no epoch has known more than how often each answer comes: what is learned are the training rows.</summary>
    private FindingDraft? Untransferred(Course course)
    {
        var held = course.Window.Epochs.Select(e => e.Validation).OfType<ValidationRecord>().Where(v => double.IsFinite(v.JudgedLoss)).ToArray();
        if (held.Length < _options.LeastEpochs || !(course.Level < (1 - _options.Transfer) * course.Constant))
            return null;
        var (best, last) = (held.MinBy(v => v.JudgedLoss)!, held[^1]);
        var constant = last.LabelEntropy;
        // Held-out classes as frequent as in training, or the constant answer of the one is none of the other.
        if (!(Math.Abs(constant - course.Constant) <= SameMix * course.Constant) || last.Rows <= 0)
            return null;
        // Of a loss that is still coming down nobody knows where it will end.
        if (!(best.JudgedLoss > (1 - _options.Transfer) * constant) || held.TakeLast(Latest).Contains(best) || !(last.JudgedLoss > constant))
            return null;
        var (accuracy, bar) = (held.TakeLast(Latest).Average(v => v.Accuracy), last.GuessBar(Errors));
        // Answers that are better than that were learned, however sure of the wrong ones the network is.
        return accuracy <= bar ? Untransferred(course, last, constant, accuracy, bar) : null;
    }

    /// <summary>Weights that get gradients and are what they were at the start, to the bit: a loop that accumulates gradients may update at steps that are never sampled.</summary>
    private static FindingDraft? Unmoved(Course course)
    {
        // One weight that has moved tells of all, and in nearly every run the first one has.
        if (course.Weights.Any(w => w.Norm != w.InitialNorm))
            return null;
        var moved = course.Weights.Where(w => w.GradientNorms.Any(n => n > 0) && w.UpdateRatios.Count(double.IsFinite) >= LeastSamples).ToArray();
        if (moved.Length == 0 || moved.Length < course.Weights.Count || !moved.All(w => w.Norm == w.InitialNorm && w.UpdateRatios.All(u => !(u > 0))))
            return null;
        return new FindingDraft(
            RunPlaces.Run(course.Window),
            $"The optimizer moves none of the {Words.Count(moved.Length, "weight")} that multiply: at {Words.Number(moved.Min(w => w.UpdateRatios.Count(double.IsFinite)))} sampled steps each was afterwards what it was before, though gradients came.")
        {
            Evidence = [new Evidence("norm of the update over norm of the weight, largest of the weights", 0) { Threshold = 0 }],
            Advice = [new Advice("Make the optimizer of this network's own parameters, after it was moved to its device and type, and see that none is frozen.", "var optimizer = torch.optim.Adam(model.parameters(), 0.001);")],
        };
    }

    /// <summary>No batch may lie below a floor. Where the network's numbers are not known, the level must say it alone and lie closer.</summary>
    private bool IsAt(LossFloor floor, double level, double least) => floor.IsSeen switch
    {
        false => false,
        true => level < (1 + _options.Floor) * floor.Value,
        null => level < (1 + (_options.Floor / 5)) * floor.Value,
    } && least > floor.Value - 1e-3 && level >= floor.Value - 1e-3;

    private FindingDraft AtFloor(Course course, double level, LossFloor floor) => new(
        RunPlaces.Run(course.Window),
        $"The loss stands at {Words.Number(level)} and cannot fall below {Words.Number(floor.Value)}: {floor.Cause}" +
        (floor.IsSeen is true && course.Window.Output is { } o ? $" (the network returns numbers between {Words.Number(o.Min)} and {Words.Number(o.Max)})." : "; a loss that stops at this number is a sign of it."))
    {
        Confidence = floor.IsSeen is true ? Confidence.Confirmed : Confidence.Suspected,
        Severity = floor.IsSeen is true ? null : Severity.Info,
        Evidence = [new Evidence("loss, mean of 128 steps", level) { Threshold = (1 + _options.Floor) * floor.Value }, new Evidence("floor of the loss", floor.Value)],
        Advice = [new Advice(floor.Advice, "// return lastLayer.call(x), without softmax, sigmoid or tanh behind it")],
    };

    private FindingDraft AtConstant(Course course, double level)
    {
        var isAlike = course.Window.Output is { RowSpread: < OneAnswer };
        var isRegression = course.Window.Loss.Kind is LossKind.MeanSquaredError or LossKind.AbsoluteError or LossKind.Huber;
        return new FindingDraft(
            RunPlaces.Run(course.Window),
            $"After {Words.Count(course.Steps, "step")} the loss stands at {Words.Number(level)}, the price of answering every row alike ({Words.Number(course.Constant)}, {(isRegression ? "the targets' variance" : "the entropy of the labels")}): " +
            (isAlike ? "the network has learned how often each answer comes, and nothing from its input." : "whatever the network has learned from its input, it is not the answer."))
        {
            Confidence = isAlike ? Confidence.Confirmed : Confidence.Suspected,
            Severity = isAlike ? null : Early(course),
            Evidence =
            [
                new Evidence("loss, mean of 128 steps", level) { Threshold = course.Constant },
                .. isAlike ? [new Evidence("spread of the outputs over the rows", course.Window.Output!.RowSpread) { Threshold = OneAnswer }] : Array.Empty<Evidence>(),
            ],
            Advice = Advice(),
        };
    }

    private Severity? Early(Course course) => course.Steps < Patience * _options.LeastSteps ? Severity.Info : null;

    private FindingDraft AtStart(Course course, double level) => new(
        RunPlaces.Run(course.Window), $"After {Words.Count(course.Steps, "step")} the loss is {Words.Number(level)}, where it began at {Words.Number(course.Start)}.")
    {
        Confidence = Confidence.Suspected,
        Severity = Early(course),
        Evidence = [new Evidence("loss, mean of 128 steps", level) { Threshold = AtStartShare * course.Start }],
        Advice = Advice(),
    };

    private FindingDraft Untransferred(Course course, ValidationRecord last, double constant, double accuracy, double bar) => new(
        RunPlaces.Run(course.Window),
        $"After {Words.Count(course.Steps, "step")} the training loss has come down to {Words.Number(course.Level)}, and held-out rows know nothing of it: their loss is {Words.Number(last.JudgedLoss)} and was at no epoch clearly below the " +
        $"{Words.Number(constant)} of a constant answer, and {Words.Percent(accuracy)} of them are answered right, where the most frequent class alone makes {Words.Percent(last.MajorityShare)}. The network learns its training rows one by " +
        "one and no rule behind them.")
    {
        // Parity is learned by heart for a while before it is understood.
        Severity = Early(course),
        Evidence =
        [
            new Evidence("held-out loss", last.JudgedLoss) { Threshold = constant },
            new Evidence("training loss, median of 10 steps", course.Level) { Threshold = (1 - _options.Transfer) * course.Constant },
            new Evidence($"held-out accuracy, mean of {Latest} epochs", accuracy) { Threshold = bar },
        ],
        Advice =
        [
            new Advice("See whether rows and labels are still paired: shuffle both by one permutation.", "var order = torch.randperm(x.shape[0]);\n(x, y) = (x[order], y[order]);"),
            new Advice("See whether held-out rows are prepared as training rows are, and whether the inputs carry the answer at all."),
        ],
    };

    private static Advice[] Advice() =>
    [
        new("See whether the network can learn one batch by heart: what cannot do that is broken in itself.", "for (var i = 0; i < 500; i++) guard.Step((x, y), b => loss.call(model.call(b.x), b.y));"),
        new("If it can, compare rows with their labels: are they still paired, and do the inputs carry the answer?"),
    ];
}
