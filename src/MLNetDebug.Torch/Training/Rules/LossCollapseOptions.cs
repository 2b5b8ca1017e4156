using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Torch.Training;

/// <summary>Options of MLD301.</summary>
public sealed record LossCollapseOptions : RuleOptions
{
    /// <summary>The training loss has collapsed below this part of a constant answer's, in [0, 0.5]. Default 0.05.</summary>
    [Range(0.0, 0.5)]
    public double Collapsed { get; init; } = 0.05;

    /// <summary>Steps that must have been taken before held-out rows are asked, in [1, 1000000]. Default 100: running statistics of a batch normalisation need as many.</summary>
    [Range(1, 1_000_000)]
    public long LeastSteps { get; init; } = 100;

    /// <summary>Held-out answers are no better than guesses up to so many standard errors above the share of the most frequent class, in [0, 10]. Default 3.</summary>
    [Range(0.0, 10.0)]
    public double Errors { get; init; } = 3;

    /// <summary>Held-out rows with classes must be at least so many, in [1, 1000000]. Default 20.</summary>
    [Range(1, 1_000_000)]
    public long LeastRows { get; init; } = 20;

    /// <summary>Saturated before this step, a network was so from its start, in [1, 1000000]. Default 50.</summary>
    [Range(1, 1_000_000)]
    public long StartSteps { get; init; } = 50;

    /// <summary>
    /// Smallest skill score of held-out answers, (accuracy - share of the most frequent class) / (1 - that share), in [0, 1], where the last three held-out losses are no better than a constant answer's.
    /// Default 0.5.
    /// </summary>
    [Range(0.0, 1.0)]
    public double LeastSkill { get; init; } = 0.5;

    /// <summary>Logits are saturated where the median lead of the largest is above, in [1, 1000]. Default 16.6 (24 ln 2): from there on a loss in 32 bits is exactly 0.</summary>
    [Range(1.0, 1000.0)]
    public double Margin { get; init; } = 16.6;

    /// <summary>While the loss, at the first step and now, is above so many times that of a constant answer and of a guess among the classes, in [1, 1000]. Default 2.</summary>
    [Range(1.0, 1000.0)]
    public double Huge { get; init; } = 2;
}
