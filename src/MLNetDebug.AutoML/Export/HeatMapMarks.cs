namespace MLNetDebug.AutoML.Export;

/// <summary>The trials of a heat map.</summary>
internal sealed class HeatMapMarks(FigureStudy figure, IReadOnlyList<TrialRecord> shown, MetricScale? scale, RateAxis rates, BatchAxis batches)
{
    private const string FailedColour = "#c1121f";
    private const string DivergedColour = "#e36500";
    private const string NoMetric = "#ffffff";

    private readonly double _radius = shown.Count > 600 ? 3.5 : shown.Count > 150 ? 5 : 7;

    public MetricScale? Scale => scale;

    /// <summary>Draws all, the better above the worse, and the winner's ring on top.</summary>
    public void Draw(SvgWriter svg)
    {
        foreach (var trial in shown.OrderBy(FigureStudy.MarkOf).ThenBy(t => double.IsFinite(t.Metric) ? scale?.Share(t.Metric) : -1).ThenBy(t => t == figure.Winner))
        {
            var (x, y) = (rates.At(trial.Plan.Parameters.LearningRate), batches.At(trial.Plan.Parameters.BatchSize));
            var mark = FigureStudy.MarkOf(trial);
            svg.Begin("trial " + FigureStudy.Name(mark), FigureText.Tip(trial, figure));
            Symbol(svg, mark, x, y, _radius, Colour(trial));
            svg.End();
        }

        if (figure.Winner is { } winner)
        {
            svg.Begin("winner", FigureText.Tip(winner, figure));
            Ring(svg, rates.At(winner.Plan.Parameters.LearningRate), batches.At(winner.Plan.Parameters.BatchSize), _radius);
            svg.End();
        }
    }

    /// <summary>The marks that are there.</summary>
    public IEnumerable<LegendEntry> Legend()
    {
        if (figure.Winner is not null)
            yield return new LegendEntry(figure.WinnerName, (svg, x, y) => Ring(svg, x, y, 4));
        var kinds = shown.Select(FigureStudy.MarkOf).ToHashSet();
        foreach (var mark in Enum.GetValues<TrialMark>().Where(kinds.Contains).Reverse())
        {
            var text = mark is TrialMark.Pruned ? "pruned: the best it reported (white: nothing)" : FigureStudy.Name(mark);
            yield return new LegendEntry(text, (svg, x, y) => Symbol(svg, mark, x, y, 6.5, Viridis.At(mark == TrialMark.Completed ? 0.75 : 0.3)));
        }
    }

    private string Colour(TrialRecord trial) => scale is not null && double.IsFinite(trial.Metric) ? Viridis.At(scale.Share(trial.Metric)) : NoMetric;

    private static void Symbol(SvgWriter svg, TrialMark mark, double x, double y, double radius, string colour)
    {
        switch (mark)
        {
            case TrialMark.Completed:
                svg.Circle(x, y, radius, colour, SvgWriter.Ink, 1);
                break;
            case TrialMark.Pruned:
                svg.Circle(x, y, radius * 0.58, colour, "#777777", 0.8);
                break;
            case TrialMark.Running:
                svg.Circle(x, y, radius * 0.85, "#ffffff99", SvgWriter.Faint, 1.2, "2 2");
                break;
            case TrialMark.Diverged:
                Cross(svg, x, y, radius * 0.8, 0, DivergedColour);
                break;
            default:
                Cross(svg, x, y, 0, radius * 0.62, FailedColour);
                break;
        }
    }

    // Upright by its arms, or slanted.
    private static void Cross(SvgWriter svg, double x, double y, double arm, double slant, string colour)
    {
        foreach (var (stroke, width) in new[] { ("#ffffff", 4.2), (colour, 2.2) })
        {
            svg.Line(x - arm - slant, y - slant, x + arm + slant, y + slant, stroke, width);
            svg.Line(x - slant, y + arm + slant, x + slant, y - arm - slant, stroke, width);
        }
    }

    private static void Ring(SvgWriter svg, double x, double y, double radius)
    {
        svg.Circle(x, y, radius + 3.5, "none", "#ffffff", 4.5);
        svg.Circle(x, y, radius + 3.5, "none", "#000000", 2);
    }
}
