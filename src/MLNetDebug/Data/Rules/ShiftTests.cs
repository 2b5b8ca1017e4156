namespace MLNetDebug.Data;

/// <summary>Puts the tests of a comparison into the report's family; features and labels are tested alike.</summary>
internal static class ShiftTests
{
    /// <summary>
    /// A warning needs an adjusted p-value this small; found at the report's own level but above it is Info. One healthy report in
    /// twenty would otherwise carry a warning wherever few rows let chance reach the floors.
    /// </summary>
    public const double WarningLevel = 0.005;

    /// <summary>True where a test is found, and sure enough to warn.</summary>
    public static bool IsSure(this Hypothesis? test) => test is { IsFound: true } && test.AdjustedPValue <= WarningLevel;

    /// <summary>The shift of a distribution, with the Kolmogorov-Smirnov distance for its effect.</summary>
    public static Hypothesis Distance(FindingSink sink, Subject subject, NumericShift shift, double floor) => sink.Test(
        subject, shift.PValue, shift.Distance, floor, level => KolmogorovSmirnov.Resolution(level / 3, shift.TrainCount, shift.TestCount));

    /// <summary>Values the training data lacks: beyond either end of its range, or one value repeated within it. One test for the three.</summary>
    public static Hypothesis Unseen(FindingSink sink, Subject subject, NumericShift shift, double floor) => sink.Test(
        subject, 3 * Math.Min(Outer(shift).PValue, shift.New.PValue), IsWithin(shift) ? shift.New.Share : Outer(shift).Share, floor);

    /// <summary>True where the repeated value is the less likely of the two.</summary>
    public static bool IsWithin(NumericShift shift) => shift.New.PValue < Outer(shift).PValue;

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
