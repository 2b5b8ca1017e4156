using MLNetDebug.Data;

namespace MLNetDebug.AutoML.Progress;

/// <summary>What is new in a report, in lines: the stage, and each trial that ended.</summary>
internal sealed class PlainLines
{
    // A study that goes on may have thousands of trials that ended before: they are counted with its first stage.
    private const int MaxAtFirst = 10;

    private readonly HashSet<int> _told = [];
    private string? _stage;

    public IReadOnlyList<string> Next(SweepProgress value)
    {
        var lines = new List<string>();
        var ended = value.Trials.Where(t => t.State != TrialState.Running && _told.Add(t.Plan.Number)).OrderBy(t => t.Ended).ToArray();
        var isFirst = _stage is null;
        // What ended belongs to the stage before.
        if (!isFirst || ended.Length <= MaxAtFirst)
            lines.AddRange(ended.Select(t => ProgressWords.Line(t, value)));
        if (_stage == value.Stage)
            return lines;
        _stage = value.Stage;
        lines.Insert(isFirst ? 0 : lines.Count, ProgressWords.Safe($"sweep {value.Study}: {value.Stage}{(value.Trials.Count > 0 ? $" ({ProgressWords.Counts(value.Trials)})" : "")}"));
        return lines;
    }
}
