using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Data;

/// <summary>
/// Options of MLD101. A ratio is the scale of the largest feature over that of the median feature; from it on the finding is a Warning, from
/// <see cref="InfoShare"/> of it an Info. The defaults are where ML.NET 5.0.1's trainers were measured to lose (docs/rules/MLD101.md).
/// </summary>
public sealed record FeatureScaleOptions : RuleOptions
{
    /// <summary>Ratio for trainers that take a gradient step per row (perceptron, SGD, networks), at least 2. Default 100.</summary>
    [Range(2.0, 1e12)]
    public double StochasticGradientRatio { get; init; } = 100;

    /// <summary>Ratio for stochastic dual coordinate ascent, at least 2. Default 500.</summary>
    [Range(2.0, 1e12)]
    public double DualCoordinateAscentRatio { get; init; } = 500;

    /// <summary>Ratio for L-BFGS, at least 2. Default 10,000.</summary>
    [Range(2.0, 1e12)]
    public double QuasiNewtonRatio { get; init; } = 10_000;

    /// <summary>Ratio for trainers that compare distances (k-means), at least 2. Default 30.</summary>
    [Range(2.0, 1e12)]
    public double DistanceRatio { get; init; } = 30;

    /// <summary>Ratio where the trainer is not known, at least 2. Default 300.</summary>
    [Range(2.0, 1e12)]
    public double UnknownRatio { get; init; } = 300;

    /// <summary>Share of a ratio from which the finding is an Info, in (0, 1]. Default 0.3.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double InfoShare { get; init; } = 0.3;

    /// <summary>A feature is called small where its scale is so many times below the median one, at least 2; always Info. Default 100.</summary>
    [Range(2.0, 1e12)]
    public double SmallRatio { get; init; } = 100;

    /// <summary>|mean| over standard deviation from which an offset is named, at least 1; always Info. Default 10.</summary>
    [Range(1.0, 1e12)]
    public double OffsetRatio { get; init; } = 10;

    /// <summary>
    /// Mean squared length of a row from which online gradient descent on a squared loss is warned of, above 0. Default 100.
    /// </summary>
    [Range(0.0, 1e30, MinimumIsExclusive = true)]
    public double SquaredRowLength { get; init; } = 100;

    /// <summary>
    /// Mean squared length of a row from which the local deep SVM (LdSvm) is warned of, above 0. Default 500: measured, its AUC falls by 0.01 to 0.07 there.
    /// </summary>
    [Range(0.0, 1e30, MinimumIsExclusive = true)]
    public double LocalSvmSquaredRowLength { get; init; } = 500;

    /// <summary>Rows that are needed to speak of a scale, at least 2. Default 20.</summary>
    [Range(2, int.MaxValue)]
    public int MinimumRows { get; init; } = 20;

    /// <summary>True for the local deep SVM.</summary>
    internal static bool IsLocalSvm(TrainerTraits trainer) => trainer.Name?.StartsWith("LdSvm", StringComparison.Ordinal) == true;

    /// <summary>The mean squared row length that a trainer suffers from, whatever the ratio of the scales; infinite where it does not.</summary>
    internal double RowLengthFor(TrainerTraits? trainer, LearningTask task) =>
        trainer is null ? double.PositiveInfinity
            : IsLocalSvm(trainer) ? LocalSvmSquaredRowLength
            : trainer.Family == TrainerFamily.StochasticGradient && task == LearningTask.Regression ? SquaredRowLength
            : double.PositiveInfinity;

    /// <summary>The ratio for a trainer; infinite where scales do not matter to it.</summary>
    internal double RatioFor(TrainerTraits? trainer) => (trainer?.Family ?? TrainerFamily.Unknown) switch
    {
        TrainerFamily.Trees => double.PositiveInfinity,
        TrainerFamily.StochasticGradient => StochasticGradientRatio,
        TrainerFamily.DualCoordinateAscent => DualCoordinateAscentRatio,
        TrainerFamily.QuasiNewton => QuasiNewtonRatio,
        TrainerFamily.Distance => DistanceRatio,
        _ => trainer?.NeedsNormalization switch
        {
            true => StochasticGradientRatio,
            false => double.PositiveInfinity,
            null => UnknownRatio,
        },
    };
}
