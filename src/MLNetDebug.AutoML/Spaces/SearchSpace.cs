using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.AutoML;

/// <summary>A range of learning rates, searched by the logarithm.</summary>
/// <param name="Low">The lowest, above 0.</param>
/// <param name="High">The highest, at least <paramref name="Low"/>.</param>
public sealed record LearningRateSpan(double Low, double High);

/// <summary>What a sweep searches through.</summary>
public sealed record SearchSpace
{
    /// <summary>The learning rates; null where it is not searched. Default 1e-5 to 10.</summary>
    public LearningRateSpan? LearningRate { get; init; } = new(1e-5, 10);

    /// <summary>The batch sizes, ascending; empty where it is not searched. Default the powers of two from 16 to 512.</summary>
    [Required]
    public IReadOnlyList<int> BatchSizes { get; init; } = [16, 32, 64, 128, 256, 512];

    /// <summary>Further options. Default: none.</summary>
    [Required]
    public IReadOnlyList<SearchOption> Options { get; init; } = [];
}

/// <summary>One more dimension of a search space.</summary>
/// <param name="Name">Its name, by which a trial asks for it.</param>
public abstract record SearchOption(string Name);

/// <summary>A number in a range.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Low">The lowest value.</param>
/// <param name="High">The highest value.</param>
/// <param name="IsLogarithmic">True to search by the logarithm; then the lowest value is above 0.</param>
public sealed record NumberOption(string Name, double Low, double High, bool IsLogarithmic = false) : SearchOption(Name);

/// <summary>A whole number in a range, both ends included.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Low">The lowest value.</param>
/// <param name="High">The highest value.</param>
public sealed record WholeNumberOption(string Name, int Low, int High) : SearchOption(Name);

/// <summary>One of several texts.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Choices">The texts, at least two.</param>
public sealed record ChoiceOption(string Name, IReadOnlyList<string> Choices) : SearchOption(Name);
