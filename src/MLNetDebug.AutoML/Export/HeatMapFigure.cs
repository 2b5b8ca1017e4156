using MLNetDebug.Data;

namespace MLNetDebug.AutoML.Export;

/// <summary>The metric over learning rate and batch size.</summary>
internal static class HeatMapFigure
{
    internal const int MaxMarks = 5_000;

    private const double Left = 92;
    private const double Right = 776;
    private const double Top = 112;

    public static string Draw(FigureStudy figure)
    {
        var shown = Shown(figure);
        var brackets = BracketBands.Of(figure.Study);
        var rates = new RateAxis([.. shown.Select(t => t.Plan.Parameters.LearningRate), .. brackets.SelectMany(b => b.Rates())], Left, Right);
        var batches = new BatchAxis([.. shown.Select(t => t.Plan.Parameters.BatchSize), .. brackets.Select(b => b.BatchSize)], Top);
        var marks = new HeatMapMarks(figure, shown, MetricScale.Of(shown.Select(t => t.Metric), figure.Metric), rates, batches);
        var legend = new Legend([.. marks.Legend(), .. BracketBands.Legend(brackets)], FigureHead.TextWidth);
        var bottom = batches.Top + batches.Height;
        var title = figure.Title("over learning rate and batch size");
        var svg = new SvgWriter(FigureHead.Width, bottom + 62 + legend.Height + 12, title);
        var cut = shown.Count < figure.Search.Count ? $"; {Words.Number((long)shown.Count)} of them are shown, completed ones first" : "";
        FigureHead.Draw(svg, figure, title, $"{figure.Counts()}{cut}", "Each mark is one trial at its own place, coloured by what it reached; nothing between them is interpolated");
        svg.Begin("plot");
        svg.Rectangle(Left, batches.Top, Right - Left, batches.Height, "#f3f3f3");
        BracketBands.Draw(svg, brackets, rates, batches);
        Axes(svg, rates, batches, bottom);
        svg.End();
        marks.Draw(svg);
        if (shown.Count == 0)
            svg.Text((Left + Right) / 2, batches.Top + batches.Height / 2 + 4, "No trial of the search yet", Right - Left, 14, "middle", SvgWriter.Faint);
        if (marks.Scale is { } scale)
            ColourBar.Draw(svg, 800, batches.Top, batches.Height, figure.Metric.Name, (0, 1), Labels(scale, figure.Metric));
        legend.Draw(svg, FigureHead.Margin, bottom + 58);
        return svg.Finish();
    }

    // Where there are too many: the best, then the latest.
    private static IReadOnlyList<TrialRecord> Shown(FigureStudy figure)
    {
        if (figure.Search.Count <= MaxMarks)
            return figure.Search;
        return [.. figure.Search.OrderByDescending(t => t == figure.Winner).ThenByDescending(FigureStudy.MarkOf).ThenByDescending(t => t.Plan.Number).Take(MaxMarks)];
    }

    private static void Axes(SvgWriter svg, RateAxis rates, BatchAxis batches, double bottom)
    {
        var ticks = rates.Ticks();
        foreach (var (rate, text) in ticks.Zip(FigureText.Numbers(ticks)))
        {
            svg.Line(rates.At(rate), batches.Top, rates.At(rate), bottom, "#00000014");
            svg.Line(rates.At(rate), bottom, rates.At(rate), bottom + 5, SvgWriter.Faint);
            svg.Text(rates.At(rate), bottom + 19, text, 54, 11, "middle");
        }

        if (rates.HasLane || !rates.HasRates)
            svg.Text(rates.Lane, bottom + 19, "no rate", 56, 11, "middle");
        var above = double.PositiveInfinity;
        foreach (var size in batches.Sizes.Concat(batches.HasLane ? [0] : []).OrderBy(s => -batches.At(s)))
        {
            svg.Line(Left - 5, batches.At(size), Left, batches.At(size), SvgWriter.Faint);
            // Batch sizes that stand close have a label in common.
            if (above - batches.At(size) < 13)
                continue;
            above = batches.At(size);
            svg.Text(Left - 9, above + 4, size > 0 ? FigureText.Number(size, 10) : "none", Left - 40, 11, "end");
        }

        svg.Shape("path", ("d", $"M{SvgWriter.N(Left)} {SvgWriter.N(batches.Top)}V{SvgWriter.N(bottom)}H{SvgWriter.N(Right)}"), ("fill", "none"), ("stroke", SvgWriter.Faint));
        svg.Text((Left + Right) / 2, bottom + 42, "Learning rate", 300, anchor: "middle");
        svg.Text(24, (batches.Top + bottom) / 2, "Batch size", 120, anchor: "middle", turn: -90);
    }

    private static IEnumerable<(double At, string Text)> Labels(MetricScale scale, SweepMetric metric)
    {
        double[] at = scale.Best == scale.Worst ? [1] : [0, 0.25, 0.5, 0.75, 1];
        var texts = FigureText.Numbers([.. at.Select(scale.At)]);
        for (var i = 0; i < at.Length; i++)
        {
            var note = i == at.Length - 1 ? " (best)" : i == 0 && scale.IsCut ? metric.IsHigherBetter ? " and less" : " and more" : "";
            yield return (at[i], texts[i] + note);
        }
    }
}
