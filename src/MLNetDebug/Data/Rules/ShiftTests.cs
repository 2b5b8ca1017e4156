namespace MLNetDebug.Data;

/// <summary>Puts the tests of a comparison into the report's family; features and labels are tested alike.</summary>
internal static class ShiftTests
{
    /// <summary>Kolmogorov-Smirnov.</summary>
    public static Hypothesis Distance(FindingSink sink, Subject subject, NumericShift shift, double floor) => sink.Test(
        subject, shift.PValue, shift.Distance, floor, level => KolmogorovSmirnov.Resolution(level, shift.TrainCount, shift.TestCount));

    /// <summary>Both ends of the training range, as one test.</summary>
    public static Hypothesis BeyondRange(FindingSink sink, Subject subject, NumericShift shift, double floor) => sink.Test(
        subject, 2 * Math.Min(shift.Below.PValue, shift.Above.PValue), Outer(shift).Share, floor);

    /// <summary>Chi-square with total variation.</summary>
    public static Hypothesis Variation(FindingSink sink, Subject subject, CategoryShift shift, double floor) => sink.Test(
        subject, shift.Counts.PValue, shift.Counts.TotalVariation, floor,
        level => TwoSampleChiSquare.Resolution(level, shift.LargestShare, shift.TrainCount, shift.TestCount));

    /// <summary>The most frequent unseen category.</summary>
    public static Hypothesis NewCategory(FindingSink sink, Subject subject, CategoryShift shift, double floor) => sink.Test(
        subject, shift.New?.PValue ?? 1, shift.New?.Share ?? 0, floor);

    /// <summary>The end of the training range that the less likely run of values lies beyond.</summary>
    public static TailRun Outer(NumericShift shift) => shift.Below.PValue < shift.Above.PValue ? shift.Below : shift.Above;

    /// <summary>
    /// Rows the smaller split would need for a distance as small as the floor to show; null where it shows already. A resolution falls
    /// with the square root of the rows.
    /// </summary>
    public static long? RowsNeeded(double resolution, double floor, long rows) =>
        resolution <= floor || double.IsNaN(resolution) ? null : (long)Math.Ceiling(rows * (resolution / floor) * (resolution / floor));
}
