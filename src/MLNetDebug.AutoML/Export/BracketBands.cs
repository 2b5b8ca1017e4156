namespace MLNetDebug.AutoML.Export;

/// <summary>What a range test has shown, behind the trials of its batch size.</summary>
/// <param name="BatchSize">The batch size; 0 where the space has none.</param>
/// <param name="Bracket">What it showed.</param>
internal sealed record BracketBand(int BatchSize, LearningRateBracket Bracket)
{
    /// <summary>The rates that need a place on the axis.</summary>
    public IEnumerable<double> Rates() => new[] { Bracket.Moves, Bracket.DivergesLow, Bracket.DivergesHigh }.Where(RateAxis.IsKnown);
}

/// <summary>Draws them.</summary>
internal static class BracketBands
{
    private const string Trains = "#e3f1e3";
    private const string Boundary = "#fbdcc0";
    private const string Doomed = "#c9c9c9";
    private const string Begins = "#4f8a4f";

    /// <summary>The latest of each batch size.</summary>
    public static IReadOnlyList<BracketBand> Of(StudySnapshot study) =>
    [
        .. study.Trials.Where(t => t.Plan.Kind == TrialKind.RangeTest && t.Bracket is not null)
            .GroupBy(t => Math.Max(0, t.Plan.Parameters.BatchSize))
            .Select(g => new BracketBand(g.Key, g.Last().Bracket!)),
    ];

    public static void Draw(SvgWriter svg, IEnumerable<BracketBand> bands, RateAxis rates, BatchAxis batches)
    {
        foreach (var band in bands)
        {
            svg.Begin("bracket", Tip(band));
            Draw(svg, band.Bracket, rates, batches.At(band.BatchSize) - batches.Half, 2 * batches.Half);
            svg.End();
        }
    }

    public static IEnumerable<LegendEntry> Legend(IReadOnlyList<BracketBand> bands)
    {
        if (bands.Any(b => RateAxis.IsKnown(b.Bracket.Moves)))
            yield return new LegendEntry("range test: training moves, and does not diverge", (svg, x, y) => Swatch(svg, x, y, Trains, true));
        if (!bands.Any(b => RateAxis.IsKnown(b.Bracket.DivergesHigh)))
            yield break;
        if (bands.Any(b => RateAxis.IsKnown(b.Bracket.DivergesLow)))
            yield return new LegendEntry("the boundary of divergence lies in here", (svg, x, y) => Swatch(svg, x, y, Boundary, false));
        yield return new LegendEntry("training diverges", (svg, x, y) => Swatch(svg, x, y, Doomed, false));
    }

    private static void Draw(SvgWriter svg, LearningRateBracket bracket, RateAxis rates, double top, double height)
    {
        // An end that is not known is the axis' own: stable up to all that was tried, or at none of it.
        var high = RateAxis.IsKnown(bracket.DivergesHigh) ? rates.At(bracket.DivergesHigh) : rates.Right;
        var low = RateAxis.IsKnown(bracket.DivergesLow) ? Math.Min(rates.At(bracket.DivergesLow), high) : high;
        if (RateAxis.IsKnown(bracket.Moves) && rates.At(bracket.Moves) is var moves)
        {
            svg.Rectangle(moves, top, Math.Max(0, low - moves), height, Trains);
            svg.Line(moves, top, moves, top + height, Begins, 2);
        }

        if (!RateAxis.IsKnown(bracket.DivergesHigh))
            return;
        svg.Rectangle(low, top, high - low, height, Boundary);
        svg.Rectangle(high, top, rates.Right - high, height, Doomed);
    }

    private static void Swatch(SvgWriter svg, double x, double y, string fill, bool begins)
    {
        svg.Rectangle(x - 9, y - 6, 18, 12, fill);
        if (begins)
            svg.Line(x - 9, y - 6, x - 9, y + 6, Begins, 2);
    }

    private static string Tip(BracketBand band)
    {
        var of = band.BatchSize > 0 ? $"Range test of batch size {band.BatchSize}" : "Range test";
        var bracket = band.Bracket;
        return $"{of}\ntraining moves from {FigureText.Number(bracket.Moves)}\nstable at {FigureText.Number(bracket.DivergesLow)}\n"
            + $"diverges at {(double.IsPositiveInfinity(bracket.DivergesHigh) ? "none that was tried" : FigureText.Number(bracket.DivergesHigh))}";
    }
}
