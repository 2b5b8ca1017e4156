namespace MLNetDebug.Data;

/// <summary>One slot with the scale a linear trainer sees.</summary>
/// <param name="Column">Its column.</param>
/// <param name="Slot">The slot.</param>
/// <param name="Scale">Its scale.</param>
/// <param name="IsJudged">False for slots that only serve as a reference (normalised, binary, one-hot).</param>
internal readonly record struct ScaledSlot(ColumnProfile Column, SlotProfile Slot, double Scale, bool IsJudged)
{
    /// <summary>Mean of the squared values.</summary>
    public double MeanSquare => FeatureScales.MeanSquare(Slot);

    /// <summary>|mean| over standard deviation.</summary>
    public double Offset => Math.Abs(Slot.Mean) / Slot.StandardDeviation;

    public string Display => Column.SubjectOf(Slot).Display;
}

/// <summary>The scales of all feature slots, and the median one.</summary>
internal sealed class FeatureScales
{
    /// <summary>From this share of zeros on a slot counts as sparse: its scale is then that of its values other than zero.</summary>
    private const double SparseShare = 0.5;

    public FeatureScales(DataProfile profile)
    {
        Slots =
        [
            .. from column in profile.FeatureColumns
               where column.Kind == ColumnKind.Number
               from slot in column.Slots
               let scale = ScaleOf(column, slot)
               where scale > 0 && double.IsFinite(scale)
               select new ScaledSlot(column, slot, scale, !column.IsNormalized && !IsIndicator(column, slot)),
        ];
        double[] sorted = [.. Slots.Select(s => s.Scale).Order()];
        Median = sorted.Length == 0 ? double.NaN : sorted[(sorted.Length - 1) / 2];
    }

    /// <summary>Every slot that varies.</summary>
    public IReadOnlyList<ScaledSlot> Slots { get; }

    /// <summary>The lower median of the scales; NaN where no slot varies.</summary>
    public double Median { get; }

    /// <summary>Mean squared length of a row, missing values left out.</summary>
    public double SquaredRowLength => Slots.Sum(s => s.MeanSquare);

    public static double MeanSquare(SlotProfile slot) => (slot.Mean * slot.Mean) + (slot.Variance * (slot.Finite - 1) / slot.Finite);

    private static bool IsIndicator(ColumnProfile column, SlotProfile slot) =>
        slot.Sketch is { Distinct: <= 2 } || column.IsCategoricalSlot(slot.Index);

    /// <summary>
    /// Standard deviation of a dense slot. A sparse one has the root mean square of its values other than zero, for that is what a step
    /// on such a row meets; an indicator has half its range.
    /// </summary>
    private static double ScaleOf(ColumnProfile column, SlotProfile slot)
    {
        if (slot.Finite < 2 || slot.Min == slot.Max)
            return 0;
        if (IsIndicator(column, slot))
            return (slot.Max - slot.Min) / 2;
        var other = slot.Finite - slot.Zeros;
        return slot.Zeros >= SparseShare * slot.Finite && other > 0
            ? Math.Sqrt(MeanSquare(slot) * slot.Finite / other)
            : slot.StandardDeviation;
    }
}
