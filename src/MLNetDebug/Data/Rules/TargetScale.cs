using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Data;

/// <summary>Options of MLD117.</summary>
public sealed record TargetScaleOptions : RuleOptions
{
    /// <summary>A target whose mean is so many standard deviations from 0 is far away, at least 1. Default 10.</summary>
    [Range(1.0, 1e12)]
    public double FarMean { get; init; } = 10;

    /// <summary>
    /// Gradient steps reach the mean with rows to spare: so many rows bridge one standard deviation in one pass, at least 1. Default 50
    /// (measured with OnlineGradientDescent at its defaults).
    /// </summary>
    [Range(1.0, 1e12)]
    public double RowsPerDeviation { get; init; } = 50;

    /// <summary>Beyond this factor from 1 a standard deviation is worth a word where the trainer is not known, at least 1. Default 1000.</summary>
    [Range(1.0, 1e30)]
    public double FarScale { get; init; } = 1000;

    /// <summary>Where the mean is so many standard deviations from 0, 32-bit floats keep few digits of the difference, at least 1. Default 10,000.</summary>
    [Range(1.0, 1e30)]
    public double LostDigits { get; init; } = 1e4;
}

/// <summary>Tells of regression targets far from zero mean and unit scale, and warns where that harms the trainer at hand.</summary>
internal sealed class TargetScale(TargetScaleOptions? options = null) : Rule<DataProfile>
{
    private readonly TargetScaleOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.TargetScale, nameof(RuleIds.TargetScale), "The target is far from zero mean and unit scale.",
        RuleCategory.Data, Severity.Warning, ProofKind.Fact)
    { Notes = [5] };

    public override RuleOptions Options => _options;

    protected override void Judge(DataProfile measured, FindingSink sink)
    {
        if (measured.Declaration.Task != LearningTask.Regression || measured.Label is not { Kind: ColumnKind.Number, Moments: { } moments } label)
            return;
        var (mean, deviation) = (moments.Mean, moments.StandardDeviation);
        if (moments.Finite < 2 || !(deviation > 0) || !double.IsFinite(deviation))
            return;

        var far = Math.Abs(mean) / deviation;
        var family = measured.Declaration.Trainer?.Family ?? TrainerFamily.Unknown;
        var (severity, why) = Harm(family, far, deviation, moments.Finite, LabelFacts.Trainer(measured));
        if (severity == Severity.None)
            return;
        var name = Words.Literal(label.Name);
        sink.Report(new FindingDraft(
            LabelFacts.Subject(label),
            $"The target '{label.Name}' of the {measured.Name} has mean {Words.Number(mean)} and standard deviation {Words.Number(deviation)}: its mean is {Words.Number(far)} standard deviations from 0. {why}")
        {
            Severity = severity,
            Evidence =
            [
                new Evidence("distance of the mean from 0", far) { Threshold = _options.FarMean, Unit = "sd" },
                new Evidence("standard deviation of the target", deviation) { Threshold = _options.FarScale, Unit = "target units" },
            ],
            Advice =
            [
                new Advice(
                    "Train on (target - mean) / sd of the training rows, and turn scores back.",
                    string.Create(
                        System.Globalization.CultureInfo.InvariantCulture,
                        $"pipeline.Append(ml.Transforms.Expression(\"Target\", \"x => (x - {mean:R}f) / {deviation:R}f\", {name})) // afterwards: Score * {deviation:R}f + {mean:R}f")),
            ],
        });
    }

    private (Severity Severity, string Why) Harm(TrainerFamily family, double far, double deviation, long rows, string trainer)
    {
        switch (family)
        {
            case TrainerFamily.Trees:
                return default;
            case TrainerFamily.StochasticGradient when far >= Math.Max(_options.FarMean, rows / _options.RowsPerDeviation):
                return (Severity.Warning, $"{trainer} starts at 0 and has to bridge that by gradient steps; {Words.Count(rows, "row")} are too few in one pass, and the distance left over is error in every prediction.");
            case TrainerFamily.StochasticGradient when far >= _options.FarMean:
                return (Severity.Info, $"{trainer} starts at 0 and bridges that by gradient steps, at the cost of the first ones.");
            case TrainerFamily.DualCoordinateAscent or TrainerFamily.QuasiNewton or TrainerFamily.Distance when far < _options.LostDigits:
            case TrainerFamily.StochasticGradient:
                return default;
        }

        if (far >= _options.LostDigits)
            return (Severity.Info, "Labels and scores are 32-bit floats of 7 digits: what differs between rows is lost in rounding.");
        return far >= _options.FarMean || deviation >= _options.FarScale || deviation <= 1 / _options.FarScale
            ? (Severity.Info, "Trees, SDCA and L-BFGS do not mind; online gradient descent and networks do.")
            : default;
    }
}
