using MLNetDebug.Data;

namespace MLNetDebug.Torch.Training;

/// <summary>
/// What a learning-rate range test has shown (L. N. Smith, Cyclical Learning Rates for Training Neural Networks, WACV 2017). Each rate had one step only: a rate that diverges after some steps looks better
/// here than it is, so take <see cref="Diverges"/> for an upper bound.
/// </summary>
public sealed record LearningRateRange
{
    /// <summary>Each repeat's curve.</summary>
    public required IReadOnlyList<LearningRateCurve> Repeats { get; init; }

    /// <summary>The median over the repeats at each rate; it ends where half of them had ended.</summary>
    public required LearningRateCurve Median { get; init; }

    /// <summary>The rate from which on the median curve has fallen by a tenth of its whole fall; NaN where it never fell beyond its noise.</summary>
    public double Moves { get; init; } = double.NaN;

    /// <summary>The rate of the median curve's lowest point, where it climbed from there (of a curve that never fell: the last rate at its first level); NaN where it never did.</summary>
    public double Diverges { get; init; } = double.NaN;

    /// <summary>
    /// The rate to begin with, the lower of two suggestions of fastai's range test (Howard and Gugger, Information 11(2):108, 2020): <c>valley</c>, the middle of the median curve's longest falling
    /// subsequence, looked for between <see cref="Moves"/> and the lowest point; and <c>minimum</c>, a tenth of <see cref="Diverges"/>. NaN where the curve never fell.
    /// </summary>
    public double Suggested { get; init; } = double.NaN;

    /// <summary>The lowest such rate of a single repeat; NaN where no repeat has one.</summary>
    public double SuggestedLow { get; init; } = double.NaN;

    /// <summary>The highest such rate of a single repeat; NaN where no repeat has one.</summary>
    public double SuggestedHigh { get; init; } = double.NaN;

    /// <summary>The rate at which the training stands: that of the first optimizer's first group, a guard's factor included. NaN where there is none.</summary>
    public double Current { get; init; } = double.NaN;

    /// <summary>What must be known to read the numbers, one sentence each; often empty.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The result in a few sentences.</summary>
    public string Summary => string.Join(' ', ((string[])[Advice, Limits, .. Notes]).Where(s => s.Length > 0));

    private string Advice =>
        Median.Rates.Count == 0 ? "No rate can be suggested: the loss was not finite at the first rate already."
        : double.IsNaN(Suggested) ? "No rate can be suggested: the loss fell at none of them beyond its noise."
        : $"Begin with a learning rate of {Words.Number(Suggested)}" + (SuggestedHigh > SuggestedLow ? $" (single repeats say {Words.Number(SuggestedLow)} to {Words.Number(SuggestedHigh)})" : "")
            + (double.IsNaN(Current) ? "." : $"; it stands at {Words.Number(Current)}.");

    private string Limits =>
        Median.Rates.Count == 0 ? "" : (double.IsNaN(Moves) ? "" : $"From {Words.Number(Moves)} on the loss falls" + (double.IsNaN(Diverges) ? "." : "; "))
        + (double.IsNaN(Diverges) ? (double.IsNaN(Moves) ? "" : " ") + $"It climbs at no rate up to {Words.Number(Median.Rates[^1])}." : $"{(double.IsNaN(Moves) ? "Beyond" : "beyond")} {Words.Number(Diverges)} it climbs.");

    /// <summary>The summary.</summary>
    public override string ToString() => Summary;
}
