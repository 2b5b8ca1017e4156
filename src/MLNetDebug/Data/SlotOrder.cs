namespace MLNetDebug.Data;

/// <summary>
/// Dependence of one slot on the position of the row, on ranks of sampled values: of the values themselves, and of their distance
/// from the middle rank, which sees changes of spread. Each p-value is one test.
/// </summary>
public sealed record SlotOrder
{
    /// <summary>Rows the tests stand on.</summary>
    public required int Rows { get; init; }

    /// <summary>Lag-1 rank autocorrelation; NaN where neighbouring rows were not sampled.</summary>
    public double RankLag1 { get; init; } = double.NaN;

    /// <summary>Two-sided p-value of <see cref="RankLag1"/>; 1 where undefined.</summary>
    public double RankLag1P { get; init; } = 1;

    /// <summary>Spearman correlation of value and position.</summary>
    public double Spearman { get; init; }

    /// <summary>Two-sided p-value of <see cref="Spearman"/>.</summary>
    public double SpearmanP { get; init; } = 1;

    /// <summary>Kruskal-Wallis over position blocks as epsilon-squared, in [0, 1].</summary>
    public double BlockEffect { get; init; }

    /// <summary>p-value of the Kruskal-Wallis test.</summary>
    public double BlockP { get; init; } = 1;

    /// <summary>Lag-1 autocorrelation of the rank's distance from the middle; NaN where neighbours were not sampled.</summary>
    public double SpreadLag1 { get; init; } = double.NaN;

    /// <summary>Two-sided p-value of <see cref="SpreadLag1"/>.</summary>
    public double SpreadLag1P { get; init; } = 1;

    /// <summary>Spearman correlation of the rank's distance from the middle with position.</summary>
    public double SpreadSpearman { get; init; }

    /// <summary>Two-sided p-value of <see cref="SpreadSpearman"/>.</summary>
    public double SpreadSpearmanP { get; init; } = 1;

    /// <summary>Kruskal-Wallis of the rank's distance from the middle over position blocks, as epsilon-squared.</summary>
    public double SpreadBlockEffect { get; init; }

    /// <summary>p-value of that test.</summary>
    public double SpreadBlockP { get; init; } = 1;
}
