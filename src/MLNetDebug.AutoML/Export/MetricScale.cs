namespace MLNetDebug.AutoML.Export;

/// <summary>Values of the metric from the worst to the best. A few that are far worse than the others are left beyond its end, so that the others can be told apart.</summary>
/// <param name="Worst">The value at the worse end.</param>
/// <param name="Best">The value at the better end.</param>
/// <param name="IsCut">True where values lie beyond the worse end.</param>
/// <param name="IsLogarithmic">True where its steps are factors: for a loss that falls to a small part of what it was.</param>
internal sealed record MetricScale(double Worst, double Best, bool IsCut, bool IsLogarithmic)
{
    // The scale ends at the value that three of four reach, where the whole range is so many times as long.
    private const double Reached = 0.75;
    private const double FarWorse = 4;

    // From so many times on a loss is read by its factors.
    private const double Falls = 10;

    /// <summary>The scale of some values; null where none is finite.</summary>
    public static MetricScale? Of(IEnumerable<double> values, SweepMetric metric)
    {
        var sorted = values.Where(double.IsFinite).Order().ToArray();
        if (sorted.Length == 0)
            return null;
        if (metric.IsHigherBetter)
            Array.Reverse(sorted);
        var (best, worst, most) = (sorted[0], sorted[^1], sorted[(int)(Reached * (sorted.Length - 1))]);
        var isCut = most != best && Math.Abs(worst / 2 - best / 2) > FarWorse * Math.Abs(most / 2 - best / 2);
        var end = isCut ? most : worst;
        return new MetricScale(end, best, isCut, !metric.IsHigherBetter && best > 0 && end / best >= Falls);
    }

    /// <summary>Where a finite value lies: 0 at the worse end and beyond, 1 at the better.</summary>
    public double Share(double value) => Best == Worst ? 1
        : IsLogarithmic ? Math.Clamp((Math.Log(value) - Math.Log(Worst)) / (Math.Log(Best) - Math.Log(Worst)), 0, 1)
        : Math.Clamp((value / 2 - Worst / 2) / (Best / 2 - Worst / 2), 0, 1);

    /// <summary>The value at a share.</summary>
    public double At(double share) => share is 0 ? Worst : share is 1 ? Best
        : IsLogarithmic ? Math.Exp(Math.Log(Worst) * (1 - share) + Math.Log(Best) * share)
        : Worst * (1 - share) + Best * share;
}
