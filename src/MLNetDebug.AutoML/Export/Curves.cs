using System.Text;

namespace MLNetDebug.AutoML.Export;

/// <summary>The lines of learning curves.</summary>
internal sealed class Curves(FigureStudy figure, IFigureAxis epochs, IFigureAxis metric, RateAxis colours)
{
    /// <summary>Brighter colours cannot be seen on white.</summary>
    public const double Brightest = 0.9;

    private const string Grey = "#a8a8a8";
    private const string FailedColour = "#c1121f";

    // Longer curves are drawn by so many of their points, the last among them.
    private const int MaxPoints = 200;

    public void Draw(SvgWriter svg, IEnumerable<TrialRecord> shown)
    {
        foreach (var trial in shown.OrderBy(t => t == figure.Winner).ThenBy(t => FigureStudy.MarkOf(t) == TrialMark.Completed))
        {
            var mark = FigureStudy.MarkOf(trial);
            svg.Begin(trial == figure.Winner ? "trial winner" : "trial " + FigureStudy.Name(mark), FigureText.Tip(trial, figure));
            Draw(svg, trial, mark);
            svg.End();
        }
    }

    public IEnumerable<LegendEntry> Legend(IReadOnlyCollection<TrialRecord> shown)
    {
        var kinds = shown.Select(FigureStudy.MarkOf).ToHashSet();
        var colour = colours.HasRates ? Viridis.At(0.5) : Viridis.At(0.3);
        if (shown.Contains(figure.Winner))
            yield return new LegendEntry(figure.WinnerName, (svg, x, y) => Best(svg, $"M{SvgWriter.N(x - 10)} {SvgWriter.N(y)}h20", colour));
        if (kinds.Contains(TrialMark.Completed))
            yield return new LegendEntry("completed", (svg, x, y) => svg.Line(x - 10, y, x + 10, y, colour, 1.6));
        if (kinds.Contains(TrialMark.Running))
            yield return new LegendEntry("running", (svg, x, y) => svg.Line(x - 10, y, x + 10, y, colour, 1.2, "4 3"));
        if (kinds.Contains(TrialMark.Pruned))
            yield return new LegendEntry("pruned", (svg, x, y) => Ended(svg, x, y, dot: true));
        if (kinds.Overlaps([TrialMark.Failed, TrialMark.Diverged]))
            yield return new LegendEntry("failed or diverged", (svg, x, y) => Ended(svg, x, y, dot: false));
        if (kinds.Contains(TrialMark.Pruned))
            yield return new LegendEntry("so many were pruned there by comparison", (svg, x, y) => svg.Line(x, y - 8, x, y + 8, "#9a9a9a", 1, "3 3"));
    }

    private void Draw(SvgWriter svg, TrialRecord trial, TrialMark mark)
    {
        var path = PathOf(trial.Points);
        var last = trial.Points.Last(p => double.IsFinite(p.Metric));
        var (x, y) = (epochs.At(last.Epoch), metric.At(last.Metric));
        var rate = trial.Plan.Parameters.LearningRate;
        var colour = RateAxis.IsKnown(rate) ? Viridis.At(colours.Share(rate) * Brightest) : Viridis.At(0.3);
        if (trial == figure.Winner)
        {
            Best(svg, path, colour);
            svg.Circle(x, y, 5, colour, "#000000", 1.5);
        }
        else if (mark is TrialMark.Completed or TrialMark.Running)
        {
            svg.Shape("path", ("d", path), ("fill", "none"), ("stroke", colour), ("stroke-width", "1.6"), ("stroke-linejoin", "round"), ("stroke-dasharray", mark == TrialMark.Running ? "4 3" : "none"));
            svg.Circle(x, y, 2.2, colour, "none");
        }
        else
        {
            svg.Path(path, Grey, 0.8);
            End(svg, x, y, mark == TrialMark.Pruned);
        }
    }

    private static void Best(SvgWriter svg, string path, string colour)
    {
        svg.Path(path, "#ffffff", 7);
        svg.Path(path, "#000000", 5);
        svg.Path(path, colour, 2.4);
    }

    private static void Ended(SvgWriter svg, double x, double y, bool dot)
    {
        svg.Line(x - 10, y, x + 6, y, Grey, 0.8);
        End(svg, x + 6, y, dot);
    }

    private static void End(SvgWriter svg, double x, double y, bool dot)
    {
        if (dot)
            svg.Circle(x, y, 2.4, "#8a8a8a", "none");
        else
            svg.Path($"M{SvgWriter.N(x - 3)} {SvgWriter.N(y - 3)}l6 6m0 -6l-6 6", FailedColour, 1.6);
    }

    // A number that is not finite leaves a gap.
    private string PathOf(IReadOnlyList<TrialPoint> points)
    {
        var path = new StringBuilder();
        var every = (points.Count + MaxPoints - 1) / MaxPoints;
        var command = 'M';
        for (var i = (points.Count - 1) % every; i < points.Count; i += every)
        {
            var isFinite = double.IsFinite(points[i].Metric);
            if (isFinite)
                path.Append(command).Append(SvgWriter.N(epochs.At(points[i].Epoch))).Append(' ').Append(SvgWriter.N(metric.At(points[i].Metric)));
            command = isFinite ? 'L' : 'M';
        }

        return path.ToString();
    }
}
