namespace MLNetDebug.Data;

/// <summary>Makes the immutable profile out of what a pass gathered.</summary>
internal static class ProfileAssembler
{
    /// <param name="state">What the pass gathered.</param>
    /// <param name="cancellationToken">Looked at once per sketched slot.</param>
    public static DataProfile Assemble(ProfileState state, CancellationToken cancellationToken = default)
    {
        var label = state.Label?.ToProfile(state.Declaration.Task);
        var sample = MakeSample(state);
        var sketches = Sketch(state, sample, label, cancellationToken);
        var prints = state.Fingerprints?.ToFingerprints();
        return new DataProfile
        {
            Name = state.Name,
            RowCount = state.RowCount,
            IsComplete = state.IsComplete,
            Declaration = state.Declaration,
            Columns = [.. state.Layout.Columns.Select(c => MakeColumn(state, c, label, sketches))],
            Label = label,
            Duplicates = prints is null ? null : DuplicateFinder.Find(prints),
            RowIds = state.RowIds.ToProfile(),
            Sample = sample,
            Fingerprints = prints,
            State = state,
        };
    }

    private static DataSample MakeSample(ProfileState state)
    {
        state.Sample.Trim();
        var (positions, labels) = state.Sample.Arrays();
        var columns = state.Sample.Slots.Select(s => s.ToColumn(state.Texts.GetValueOrDefault(s.Column.Name)?.Texts)).ToArray();
        return new DataSample(state.Sample.Level, positions, columns, labels);
    }

    private static Dictionary<(string, int), SlotSketch> Sketch(
        ProfileState state, DataSample sample, LabelProfile? label, CancellationToken cancellationToken)
    {
        var classes = label?.Order is { } order ? order.IsClassification : (bool?)null;
        var builder = new SketchBuilder(sample, classes, state.FirstRow, state.RowCount);
        var sketches = new Dictionary<(string, int), SlotSketch>(sample.Columns.Count);
        foreach (var column in sample.Columns)
        {
            cancellationToken.ThrowIfCancellationRequested();
            sketches[(column.Column, column.Slot)] = builder.Build(column);
        }

        return sketches;
    }

    private static ColumnProfile MakeColumn(
        ProfileState state, ColumnPlan plan, LabelProfile? label, Dictionary<(string, int), SlotSketch> sketches) => new()
        {
            Name = plan.Name,
            Index = plan.Index,
            Kind = plan.Kind,
            TypeText = plan.TypeText,
            Role = plan.Role,
            IsVector = plan.IsVector,
            IsSingle = plan.IsSingle,
            IsNormalized = plan.IsNormalized,
            KeyCount = plan.KeyCount,
            HasKeyValues = plan.HasKeyValues,
            CategoricalRanges = plan.CategoricalRanges,
            NotCheckedReason = plan.NotCheckedReason,
            Slots = plan.NotCheckedReason is not null ? []
                : plan.Role == ColumnRole.Label ? LabelSlots(plan, label)
                : [.. Enumerable.Range(0, plan.Width).Select(slot => MakeSlot(state, plan, slot, sketches.GetValueOrDefault((plan.Name, slot))))],
        };

    private static IReadOnlyList<SlotProfile> LabelSlots(ColumnPlan plan, LabelProfile? label) => label is null ? []
        : [label.Moments ?? new SlotProfile { Index = 0, Name = plan.Name, Count = label.Count, Missing = label.Missing, MissingRows = [.. label.MissingRows.Take(5)] }];

    private static SlotProfile MakeSlot(ProfileState state, ColumnPlan plan, int slot, SlotSketch? sketch)
    {
        LaneMoments lane = slot >= plan.LaneWidth ? state.WideLanes[plan.Name] : plan.Lane == Lane.Single ? state.Singles : state.Doubles;
        var place = slot >= plan.LaneWidth ? slot - plan.LaneWidth : plan.Offset + slot;
        ref readonly var moments = ref lane.Slots[place];
        var some = moments.Finite > 0;
        return new SlotProfile
        {
            Index = slot,
            Name = plan.SlotName(slot),
            Count = state.RowCount,
            Missing = moments.Missing,
            PositiveInfinities = moments.PositiveInfinities,
            NegativeInfinities = moments.NegativeInfinities,
            Zeros = moments.Zeros,
            Min = some ? moments.Min : double.NaN,
            Max = some ? moments.Max : double.NaN,
            Mean = some ? moments.Mean : double.NaN,
            Variance = moments.Variance,
            Lag1 = moments.Lag1,
            MissingRows = Positions(lane.MissingRows, place),
            InfiniteRows = Positions(lane.InfiniteRows, place),
            Sketch = sketch,
        };
    }

    private static IReadOnlyList<long> Positions(IReadOnlyDictionary<int, List<long>> rows, int slot) =>
        rows.TryGetValue(slot, out var positions) ? [.. positions] : [];
}
