using MLNetDebug.Pipeline;

namespace MLNetDebug.Guards;

/// <summary>The range in which an option lets a network train.</summary>
/// <param name="Option">The option.</param>
/// <param name="Min">Least value.</param>
/// <param name="Max">Greatest value.</param>
/// <param name="Otherwise">What happens outside of it.</param>
internal sealed record OptionRange(string Option, double Min, double Max, string Otherwise)
{
    /// <summary>True where <see cref="Min"/> itself is outside.</summary>
    public bool ExcludesMin { get; init; }

    /// <summary>True where <see cref="Max"/> itself is outside.</summary>
    public bool ExcludesMax { get; init; }

    /// <summary>The range as it is written: <c>(0, 1]</c>.</summary>
    public string Text => $"{(ExcludesMin ? '(' : '[')}{Data.Words.Number(Min)}, {(double.IsPositiveInfinity(Max) ? "∞" : Data.Words.Number(Max))}{(ExcludesMax ? ')' : ']')}";

    /// <summary>True for values the network can train with; NaN is none.</summary>
    public bool Holds(double value) => (ExcludesMin ? value > Min : value >= Min) && (ExcludesMax ? value < Max : value <= Max);
}

/// <summary>
/// What the options of Microsoft.ML.TorchSharp's trainers must be. The trainers check them with assertions that a release build does not hold; the consequences were
/// seen when run (docs/verified.md).
/// </summary>
internal static class OptionRanges
{
    private const string NoSteps = "the scheduler throws 'Expected positive integer total_steps' once the weights are loaded";
    private const string Everywhere = "every weight moves by about so much at each step (Adam), while this network's weights begin below 0.1: they are NaN after two steps, Fit succeeds, and metrics say 0";

    private static readonly OptionRange[] Text =
    [
        new("BatchSize", 1, double.PositiveInfinity, "0 divides by zero once the weights are loaded; below it " + NoSteps) { ExcludesMax = true },
        new("MaxEpoch", 1, double.PositiveInfinity, NoSteps) { ExcludesMax = true },
        new("LearningRate", 0, 1, Everywhere) { ExcludesMin = true },
        new("WeightDecay", 0, double.PositiveInfinity, "weights grow instead of shrinking") { ExcludesMax = true },
        new("ClipNorm", 0, double.PositiveInfinity, "gradients are turned round") { ExcludesMax = true },
        new("WarmupRatio", 0, 1, "the learning rate of the scheduler is not defined") { ExcludesMax = true },
        new("Dropout", 0, 1, "the network throws, or drops everything") { ExcludesMax = true },
        new("AttentionDropout", 0, 1, "the network throws, or drops everything") { ExcludesMax = true },
        new("ActivationDropout", 0, 1, "the network throws, or drops everything") { ExcludesMax = true },
        new("PoolerDropout", 0, 1, "the network throws, or drops everything") { ExcludesMax = true },
        new("AdamEps", 0, 1, "the optimizer divides by zero, or hardly moves") { ExcludesMin = true },
    ];

    private static readonly OptionRange[] Question = [.. Text, new("TopKAnswers", 1, 1000, "no answer is given")];

    private static readonly OptionRange[] Detection =
    [
        new("MaxEpoch", 1, double.PositiveInfinity, "the untrained network is returned without a word") { ExcludesMax = true },
        new("InitLearningRate", 0, 100, "gradients are clipped to a norm of 0.1, so that one step moves the weights by a tenth of the rate: they are NaN soon, Fit succeeds, and no box is ever found") { ExcludesMin = true },
        new("WeightDecay", 0, double.PositiveInfinity, "weights grow instead of shrinking") { ExcludesMax = true },
        new("IOUThreshold", 0, 1, "boxes are never, or always, taken for the same"),
        new("ScoreThreshold", 0, 1, "no box is ever, or every box is, returned"),
        new("LogEveryNStep", 1, double.PositiveInfinity, "the first step divides by zero") { ExcludesMax = true },
    ];

    /// <summary>The ranges of a trainer's options.</summary>
    public static IReadOnlyList<OptionRange> Of(ClosedTrainerKind kind) => kind switch
    {
        ClosedTrainerKind.ObjectDetection => Detection,
        ClosedTrainerKind.QuestionAnswer => Question,
        _ => Text,
    };
}
