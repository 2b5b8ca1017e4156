using MLNetDebug.Data;

namespace MLNetDebug.AutoML.Export;

/// <summary>The metric over the epochs.</summary>
internal static class LearningCurvesFigure
{
    internal const int MaxCurves = 200;

    private const double Left = 92;
    private const double Right = 776;
    private const double Top = 122;
    private const double Bottom = 500;

    // At most so many rungs are drawn, each where so many trials were pruned without a finding.
    private const int MaxRungs = 12;
    private const int PrunedAtRung = 3;

    public static string Draw(FigureStudy figure)
    {
        var known = figure.Search.Where(t => t.Points.Any(p => double.IsFinite(p.Metric))).ToArray();
        var shown = known.OrderByDescending(t => t == figure.Winner).ThenByDescending(FigureStudy.MarkOf)
            .ThenBy(t => figure.Metric.IsHigherBetter ? -t.Metric : t.Metric).Take(MaxCurves).ToArray();
        var values = shown.SelectMany(t => t.Points).Select(p => p.Metric).Where(double.IsFinite).ToArray();
        var scale = MetricScale.Of(values, figure.Metric);
        var epochs = new LinearAxis(0, Math.Max(1, shown.Max(t => (int?)Math.Max(t.Plan.Epochs, t.Points.Max(p => p.Epoch))) ?? 1), Left, Right);
        var metric = Vertical(scale);
        var colours = new RateAxis([.. shown.Select(t => t.Plan.Parameters.LearningRate)], 0, 1);
        var curves = new Curves(figure, epochs, metric, colours);
        var legend = new Legend(curves.Legend(shown), FigureHead.TextWidth);
        var title = figure.Title("over the epochs");
        var svg = new SvgWriter(FigureHead.Width, Bottom + 62 + legend.Height + 12, title);
        FigureHead.Draw(svg, figure, title, figure.Counts(), Note(figure.Search.Count, known.Length, shown.Length, scale));
        svg.Begin("plot");
        Axes(svg, epochs, metric, figure.Metric);
        Rungs(svg, known, epochs);
        svg.End();
        curves.Draw(svg, shown);
        if (shown.Length == 0)
            svg.Text((Left + Right) / 2, (Top + Bottom) / 2, "No trial of the search has reported a number yet", Right - Left, 14, "middle", SvgWriter.Faint);
        if (colours.HasRates)
            ColourBar.Draw(svg, 800, Top, Bottom - Top, "learning rate", (0, Curves.Brightest), Labels(colours));
        legend.Draw(svg, FigureHead.Margin, Bottom + 58);
        return svg.Finish();
    }

    private static IFigureAxis Vertical(MetricScale? scale)
    {
        if (scale is { IsLogarithmic: true })
            return new RateAxis([scale.Worst, scale.Best], Bottom, Top);
        var (low, high) = scale is null ? (0, 1) : (Math.Min(scale.Worst, scale.Best), Math.Max(scale.Worst, scale.Best));
        var room = (high / 2 - low / 2) * 0.08;
        return new LinearAxis(Math.Max(low - room, double.MinValue), Math.Min(high + room, double.MaxValue), Bottom, Top);
    }

    private static string Note(int all, int known, int shown, MetricScale? scale)
    {
        var notes = new List<string> { "A line for each trial that reported a number" };
        if (shown < known)
            notes.Add($"{Words.Number((long)shown)} of {Words.Number((long)known)} are shown, the best completed ones first");
        if (known < all)
            notes.Add($"{Words.Number((long)(all - known))} reported none");
        if (scale is { IsCut: true })
            notes.Add("what is far worse is drawn at the edge");
        return string.Join("; ", notes);
    }

    private static void Axes(SvgWriter svg, LinearAxis epochs, IFigureAxis metric, SweepMetric of)
    {
        svg.Rectangle(Left, Top, Right - Left, Bottom - Top, "#fafafa");
        foreach (var (tick, text) in Labelled(metric.Ticks()))
        {
            svg.Line(Left, metric.At(tick), Right, metric.At(tick), "#00000014");
            svg.Text(Left - 8, metric.At(tick) + 4, text, Left - 40, 11, "end");
        }

        foreach (var (tick, text) in Labelled(epochs.WholeTicks()))
        {
            svg.Line(epochs.At(tick), Bottom, epochs.At(tick), Bottom + 5, SvgWriter.Faint);
            svg.Text(epochs.At(tick), Bottom + 19, text, 80, 11, "middle");
        }

        svg.Shape("path", ("d", $"M{SvgWriter.N(Left)} {SvgWriter.N(Top)}V{SvgWriter.N(Bottom)}H{SvgWriter.N(Right)}"), ("fill", "none"), ("stroke", SvgWriter.Faint));
        svg.Text((Left + Right) / 2, Bottom + 42, "Epoch", 300, anchor: "middle");
        svg.Text(24, (Top + Bottom) / 2, of.Name, Bottom - Top, anchor: "middle", turn: -90);
    }

    private static void Rungs(SvgWriter svg, IEnumerable<TrialRecord> trials, LinearAxis epochs)
    {
        var rungs = trials.Where(t => t.State == TrialState.Pruned && t.Findings.Count == 0).CountBy(t => t.Points[^1].Epoch)
            .Where(c => c.Value >= PrunedAtRung).OrderByDescending(c => c.Value).Take(MaxRungs).OrderBy(c => c.Key);
        var free = FigureHead.Margin;
        foreach (var (epoch, pruned) in rungs)
        {
            var x = epochs.At(epoch);
            svg.Line(x, Top, x, Bottom, "#9a9a9a", 1, "3 3");
            var text = Words.Number((long)pruned);
            var half = FigureText.Width(text, 10.5) / 2;
            if (x - half < free)
                continue;
            svg.Text(x, Top - 6, text, 120, 10.5, "middle", SvgWriter.Faint);
            free = x + half + 6;
        }
    }

    private static IEnumerable<(double Tick, string Text)> Labelled(IReadOnlyList<double> ticks) => ticks.Zip(FigureText.Numbers(ticks));

    private static IEnumerable<(double At, string Text)> Labels(RateAxis colours)
    {
        var ticks = colours.Ticks();
        return ticks.Select(colours.Share).Zip(FigureText.Numbers(ticks));
    }
}
