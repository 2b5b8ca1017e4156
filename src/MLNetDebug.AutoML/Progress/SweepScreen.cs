using MLNetDebug.AutoML.Export;
using MLNetDebug.Data;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MLNetDebug.AutoML.Progress;

/// <summary>A sweep as a terminal shows it. No text is read as markup.</summary>
internal static class SweepScreen
{
    private const int BarWidth = 40;

    // Lines above the tables, and of a table beside its rows.
    private const int HeadLines = 4;
    private const int TableLines = 4;

    // On a narrower terminal what a trial was trained with leaves its place to the reason it ended.
    private const int RoomForParameters = 100;

    private static readonly Style Faint = new(Color.Grey);
    private static readonly Style Good = new(Color.Green);
    private static readonly Style Bad = new(Color.Red);

    public static IRenderable Of(SweepProgress at, TimeSpan elapsed, int? searchTrials, int width, int height)
    {
        var left = at.Left is { } time ? $", about {ProgressWords.Time(time)} left" : "";
        var lines = new List<IRenderable>
        {
            Cell($"Sweep {at.Study}: {at.Stage}, {ProgressWords.Time(elapsed)}{left}", new Style(decoration: Decoration.Bold)),
            Cell($"{Bar(at, elapsed, searchTrials, width)}{ProgressWords.Counts(at.Trials)}"),
            at.Best is { } best
                ? Cell($"Best: trial {best.Plan.Number}, {at.Metric.Name} {FigureText.Number(best.Metric)}, {ProgressWords.Parameters(best, at)}", Good)
                : Cell("No trial of the search has completed yet", Faint),
        };
        var running = at.Trials.Where(t => t.State == TrialState.Running).ToArray();
        var ended = at.Trials.Where(t => t.State is TrialState.Pruned or TrialState.Failed).OrderByDescending(t => t.Ended).ThenByDescending(t => t.Plan.Number).ToArray();
        var rows = Math.Max(2, height - HeadLines - 2 * TableLines);
        var forRunning = Math.Min(running.Length, Math.Max(1, rows - Math.Min(ended.Length, rows / 2)));
        if (running.Length > 0)
            lines.Add(Running(running, forRunning, at));
        if (ended.Length > 0)
            lines.Add(Ended(ended.Take(rows - forRunning), at, width >= RoomForParameters));
        return new Rows(lines);
    }

    private static Table Running(IReadOnlyList<TrialRecord> trials, int rows, SweepProgress at)
    {
        var table = Empty("running", "parameters", "epoch", at.Metric.Name);
        foreach (var trial in trials.Take(trials.Count > rows ? Math.Max(0, rows - 1) : rows))
        {
            var metricSoFar = trial.Points.Count > 0 ? FigureText.Number(trial.Points[^1].Metric) : "";
            table.AddRow(Cell(ProgressWords.Name(trial)), Cell(ProgressWords.Parameters(trial, at)), Cell(ProgressWords.Epochs(trial)), Cell(metricSoFar));
        }

        if (table.Rows.Count < trials.Count)
            table.AddRow(Cell($"and {Words.Number((long)(trials.Count - table.Rows.Count))} more", Faint), Cell(""), Cell(""), Cell(""));
        return table;
    }

    private static Table Ended(IEnumerable<TrialRecord> trials, SweepProgress at, bool withParameters)
    {
        var table = Empty(withParameters ? ["last ended early", at.Metric.Name, "why", "parameters"] : ["last ended early", at.Metric.Name, "why"]);
        foreach (var trial in trials)
        {
            var style = trial.State == TrialState.Failed ? Bad : Style.Plain;
            var metricSoFar = double.IsNaN(trial.Metric) ? "" : FigureText.Number(trial.Metric);
            var cells = new List<IRenderable> { Cell($"{ProgressWords.Name(trial)} {ProgressWords.State(trial.State)}", style), Cell(metricSoFar), Cell(trial.Reason, style) };
            if (withParameters)
                cells.Add(Cell(ProgressWords.Parameters(trial, at)));
            table.AddRow(cells);
        }

        return table;
    }

    private static Table Empty(params ReadOnlySpan<string> columns)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey).Expand();
        foreach (var column in columns)
            table.AddColumn(new TableColumn(Cell(column, Faint)));
        return table;
    }

    private static OneLine Cell(string? text, Style? style = null) => new(ProgressWords.Safe(text), style);

    private static string Bar(SweepProgress at, TimeSpan elapsed, int? searchTrials, int width)
    {
        var ended = at.Trials.Count(t => t.Plan.Kind == TrialKind.Search && t.State != TrialState.Running);
        var isByTime = searchTrials is null && at.Left is not null;
        if (searchTrials is null && !isByTime)
            return "";
        var share = isByTime ? elapsed.TotalSeconds / (elapsed.TotalSeconds + at.Left!.Value.TotalSeconds) : ended / (double)searchTrials!.Value;
        share = double.IsFinite(share) ? Math.Clamp(share, 0, 1) : 0;
        var cells = Math.Clamp(width / 3, 5, BarWidth);
        var full = (int)(share * cells);
        var text = isByTime ? Words.Percent(Math.Floor(share * 100) / 100) : $"{Words.Number((long)ended)}/{Words.Number((long)searchTrials!.Value)} of the search";
        return $"[{new string('=', full)}{new string('.', cells - full)}] {text}  ";
    }
}
