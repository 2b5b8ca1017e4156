using System.Globalization;
using MLNetDebug.AutoML.Export;
using MLNetDebug.Data;
using MLNetDebug.Reports;

namespace MLNetDebug.AutoML.Progress;

/// <summary>A sweep in words, on one line each, with nothing in them that a terminal obeys.</summary>
internal static class ProgressWords
{
    private const int MaxLength = 400;

    public static string Safe(string? text) => SafeText.Line(text, MaxLength);

    /// <summary>Which trial it is.</summary>
    public static string Name(TrialRecord trial)
    {
        var arm = trial.Plan.Arm.Length > 0 ? $" ({trial.Plan.Arm})" : "";
        return Safe($"{Kind(trial.Plan.Kind)} {trial.Plan.Number}{arm}");
    }

    public static string Kind(TrialKind kind) => kind switch
    {
        TrialKind.RangeTest => "range test",
        TrialKind.Search => "trial",
        TrialKind.Arm => "arm",
        _ => "confirmation",
    };

    /// <summary>How a trial ended.</summary>
    public static string Line(TrialRecord trial, SweepProgress at)
    {
        var parts = new List<string>();
        if (!double.IsNaN(trial.Metric))
            parts.Add($"{at.Metric.Name} {FigureText.Number(trial.Metric)}");
        if (trial.Bracket is { } bracket)
            parts.Add(Bracket(bracket));
        if (trial.Plan.Epochs > 0)
            parts.Add($"epoch {Epochs(trial)}");
        parts.Add(Parameters(trial, at));
        if (at.Best?.Plan.Number == trial.Plan.Number)
            parts.Add("the best so far");
        var reason = string.IsNullOrEmpty(trial.Reason) ? "" : $": {trial.Reason}";
        return Safe($"{Name(trial)} {State(trial.State)}, {string.Join(", ", parts)}{reason}");
    }

    public static string State(TrialState state) => state switch
    {
        TrialState.Running => "running",
        TrialState.Completed => "completed",
        TrialState.Pruned => "pruned",
        _ => "failed",
    };

    /// <summary>What it is trained with; the two of every sweep come first and by their short names.</summary>
    public static string Parameters(TrialRecord trial, SweepProgress at)
    {
        var values = trial.Plan.Parameters.Values;
        return string.Join(", ", values.OrderBy(v => v.Key == TrialParameters.LearningRateName ? 0 : v.Key == TrialParameters.BatchSizeName ? 1 : 2)
            .Select(v => $"{(v.Key == TrialParameters.LearningRateName ? "rate" : v.Key == TrialParameters.BatchSizeName ? "batch" : v.Key)} {at.Choices.Shown(v.Key, v.Value) ?? FigureText.Number(v.Value)}"));
    }

    /// <summary>Epochs done, of those asked.</summary>
    public static string Epochs(TrialRecord trial) =>
        trial.Plan.Epochs > 0 ? $"{Words.Number((long)(trial.Points.Count > 0 ? trial.Points[^1].Epoch : 0))}/{Words.Number((long)trial.Plan.Epochs)}" : "";

    /// <summary>The trials by their states.</summary>
    public static string Counts(IReadOnlyList<TrialRecord> trials) =>
        string.Join(", ", trials.CountBy(t => t.State).OrderBy(c => c.Key).Select(c => $"{Words.Number((long)c.Value)} {State(c.Key)}"));

    /// <summary>A time to the second, or to the minute where it is long.</summary>
    public static string Time(TimeSpan time)
    {
        var whole = TimeSpan.FromSeconds(Math.Max(0, Math.Floor(time.TotalSeconds)));
        if (whole.TotalHours >= 1)
            return string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(whole.TotalHours):0} h {whole.Minutes:00} min");
        return whole.TotalMinutes >= 1 ? $"{whole.Minutes} min {whole.Seconds:00} s" : $"{whole.Seconds} s";
    }

    private static string Bracket(LearningRateBracket bracket)
    {
        var diverges = double.IsInfinity(bracket.DivergesHigh) ? "diverges at no rate tried" : $"diverges at {FigureText.Number(bracket.DivergesHigh)}";
        return $"moves from {FigureText.Number(bracket.Moves)}, {diverges}";
    }
}
