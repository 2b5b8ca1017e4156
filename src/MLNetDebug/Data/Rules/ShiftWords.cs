using System.Globalization;

namespace MLNetDebug.Data;

/// <summary>Says in words how a distribution moved.</summary>
internal static class ShiftWords
{
    // Another unit shows as a factor that mean and spread share; drift seldom moves both by so much and so alike.
    private const double UnitFactor = 2.5;
    private const double UnitAgreement = 0.1;

    /// <summary>Mean and spread on both sides: <c>mean +0.52 sd (10 to 11.6), spread x1.02</c>.</summary>
    public static string Moments(NumericShift shift)
    {
        if (!(shift.TrainDeviation > 0))
            return $"mean {Value(shift.TrainMean, shift)} to {Value(shift.TestMean, shift)}";
        var sign = shift.MeanShift >= 0 ? "+" : "-";
        return $"mean {sign}{Words.Number(Math.Abs(shift.MeanShift))} sd ({Mean(shift.TrainMean, shift)} to {Mean(shift.TestMean, shift)}), " +
            $"spread x{Words.Number(shift.TestDeviation / shift.TrainDeviation)}";
    }

    // The mean of standardised values is a rounding error, not 5.27e-8.
    private static string Mean(double mean, NumericShift shift) =>
        Value(!shift.IsTime && Math.Abs(mean) < 1e-5 * shift.TrainDeviation ? 0 : mean, shift);

    private static string Value(double value, NumericShift shift) => shift.IsTime ? Words.Time(value) : Words.Number(value);

    /// <summary>Values the training data lacks.</summary>
    public static string Unseen(NumericShift shift, SplitComparison data)
    {
        if (ShiftTests.IsWithin(shift))
            return $"{Words.Percent(shift.New.Share)} of the {data.TestName} ({Words.Number(shift.New.Count)} of {Words.Number(shift.New.Of)} values) are {Value(shift.New.Value, shift)}, which no row of the {data.TrainName} holds";
        var outer = ShiftTests.Outer(shift);
        var where = shift.Below.PValue < shift.Above.PValue ? "below the least" : "above the greatest";
        return $"{Words.Percent(outer.Share)} of the {data.TestName} ({Words.Number(outer.Count)} of {Words.Number(outer.Of)} values) lie {where} {(data.IsTrained ? "training value" : $"value of the {data.TrainName}")}, {Value(outer.Limit, shift)}";
    }

    /// <summary>How often values are missing on both sides.</summary>
    public static string Missing(ShareComparison missing, string trainName, string testName) =>
        $"missing in {Words.Percent(missing.TrainShare)} of the {trainName} and {Words.Percent(missing.TestShare)} of the {testName}";

    /// <summary>The factor by which all values seem to be multiplied in the hold-out data; null where it does not look like one.</summary>
    public static double? Factor(NumericShift shift)
    {
        var spread = shift.TestDeviation / shift.TrainDeviation;
        if (!double.IsFinite(spread) || (spread < UnitFactor && spread > 1 / UnitFactor) || spread == 0)
            return null;

        // Around zero the mean says nothing of a factor.
        var meansTell = Math.Abs(shift.TrainMean) > 0.2 * shift.TrainDeviation;
        return meansTell && Math.Abs(shift.TestMean / shift.TrainMean / spread - 1) <= UnitAgreement ? spread : null;
    }

    /// <summary>A factor as a reader says it: <c>1,000 times as large</c>.</summary>
    public static string Times(double factor) => factor >= 1
        ? $"{factor.ToString("#,0.##", CultureInfo.InvariantCulture)} times as large"
        : $"{(1 / factor).ToString("#,0.##", CultureInfo.InvariantCulture)} times smaller";

    /// <summary>The shares of a category on both sides: <c>30 % to 45 %</c>.</summary>
    public static string Change(ShareComparison rows) => $"{Words.Percent(rows.TrainShare)} to {Words.Percent(rows.TestShare)}";
}
