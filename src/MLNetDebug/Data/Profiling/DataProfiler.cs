using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>Profiles a data set: one pass over its rows with one cursor, in memory that does not grow with the rows.</summary>
public sealed class DataProfiler
{
    private const long ProgressRows = 1 << 16;

    private readonly DataProfilerOptions _options;

    /// <summary>Creates a profiler.</summary>
    /// <param name="options">How far to read; null for every row.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public DataProfiler(DataProfilerOptions? options = null)
    {
        _options = options ?? new DataProfilerOptions();
        OptionsValidation.ThrowIfInvalid(_options);
    }

    /// <summary>Profiles a data set.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="declaration">What the columns are for. Without features, every visible column of a known kind that has no other role is one.</param>
    /// <param name="name">What the data set is called in messages.</param>
    /// <param name="progress">Told of the rows done, about every 65,536.</param>
    /// <param name="cancellationToken">Ends the pass within one block of at most 256 rows, the sketches within one slot.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">A declared column is not there.</exception>
    /// <exception cref="InvalidOperationException">A row could not be read; the message says which row and column.</exception>
    /// <exception cref="OperationCanceledException">The pass was cancelled.</exception>
    public DataProfile Profile(
        IDataView data,
        DataDeclaration declaration,
        string name = "training data",
        IProgress<DiagnosticsProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(declaration);
        ArgumentNullException.ThrowIfNull(name);
        cancellationToken.ThrowIfCancellationRequested();

        var layout = SchemaPlanner.Plan(data.Schema, declaration, name);
        var active = layout.Columns.Where(c => c.IsRead || (c.Role == ColumnRole.Label && c.NotCheckedReason is null)).Select(c => data.Schema[c.Index]);
        using var cursor = data.GetRowCursor(active);
        var source = new RowSource(cursor, data.Schema, layout, name, _options.FirstRow);
        var state = new ProfileState(name, declaration, layout, _options.FirstRow, LabelOf(data.Schema, layout, declaration, source.LabelTexts), source.LabelTexts);
        foreach (var (column, texts) in source.Texts)
            state.Texts[column] = texts;
        foreach (var (column, lane) in source.WideLanes)
            state.WideLanes[column] = lane;
        if (_options.TimeBudget is null && data.GetRowCount() is { } rows)
            state.Sample.Expect(Math.Min(rows, _options.MaxRows ?? long.MaxValue));
        Read(source, state, progress, cancellationToken);
        foreach (var lane in state.WideLanes.Values)
            lane.Finish();
        return ProfileAssembler.Assemble(state, cancellationToken);
    }

    private void Read(RowSource source, ProfileState state, IProgress<DiagnosticsProgress>? progress, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var block = new RowBlock(state.Layout);
        var nextReport = ProgressRows;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var wanted = (int)Math.Min(block.Capacity, (_options.MaxRows ?? long.MaxValue) - state.RowCount);
            var more = wanted > 0 && source.Fill(block, wanted, state.RowCount);
            state.Add(block);
            if (state.RowCount >= nextReport || !more)
            {
                progress?.Report(new DiagnosticsProgress("profile", state.RowCount, null));
                nextReport += ProgressRows;
            }

            if (!more)
                return;
            var outOfRows = state.RowCount == _options.MaxRows;
            var outOfTime = _options.TimeBudget is { } budget && Stopwatch.GetElapsedTime(started) > budget;
            if (outOfRows || outOfTime)
            {
                // Whether anything was left out shows only in the next row.
                state.IsComplete = !source.HasMore();
                return;
            }
        }
    }

    private LabelAccumulator? LabelOf(DataViewSchema schema, RowLayout layout, DataDeclaration declaration, LabelTexts? texts)
    {
        if (layout.Label is not { NotCheckedReason: null } plan)
            return null;
        var keys = plan.Kind == ColumnKind.Key ? ColumnAnnotations.KeyTexts(schema[plan.Index]) : null;
        var column = new LabelColumn(
            plan.Name, plan.Kind, plan.TypeText, plan.KeyCount, plan.HasKeyValues, texts is null ? null : texts.TextOf, keys);
        return new LabelAccumulator(column, declaration.BatchSize, _options.FirstRow);
    }
}
