using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data;

/// <summary>Compares two profiles: counts, sketches, sample and fingerprints exactly, moments within rounding.</summary>
internal static class ProfileAssert
{
    public static void AreEqual(DataProfile expected, DataProfile actual, double tolerance)
    {
        Assert.AreEqual(expected.RowCount, actual.RowCount);
        Assert.AreEqual(expected.IsComplete, actual.IsComplete);
        Assert.AreEqual(expected.RowIds, actual.RowIds);
        Assert.AreEqual(expected.Columns.Count, actual.Columns.Count);
        foreach (var (a, b) in expected.Columns.Zip(actual.Columns))
        {
            Assert.AreEqual(a.Name + a.TypeText + a.Kind + a.Role + a.NotCheckedReason, b.Name + b.TypeText + b.Kind + b.Role + b.NotCheckedReason);
            Assert.AreEqual(a.Slots.Count, b.Slots.Count);
            foreach (var (x, y) in a.Slots.Zip(b.Slots))
                AreEqual(x, y, tolerance);
        }

        CollectionAssert.AreEqual(expected.Sample.Positions, actual.Sample.Positions);
        CollectionAssert.AreEqual(expected.Sample.Labels, actual.Sample.Labels);
        foreach (var (a, b) in expected.Sample.Columns.Zip(actual.Sample.Columns))
        {
            CollectionAssert.AreEqual(a.Singles, b.Singles);
            CollectionAssert.AreEqual(a.Doubles, b.Doubles);
            CollectionAssert.AreEqual(a.Codes, b.Codes);
        }

        if (expected.Fingerprints is { } prints)
        {
            Assert.AreEqual(prints.Level, actual.Fingerprints!.Level);
            CollectionAssert.AreEqual(prints.Features, actual.Fingerprints.Features);
            CollectionAssert.AreEqual(prints.Labels, actual.Fingerprints.Labels);
            CollectionAssert.AreEqual(prints.Ids, actual.Fingerprints.Ids);
            CollectionAssert.AreEqual(prints.Positions, actual.Fingerprints.Positions);
        }

        if (expected.Label is { } label)
        {
            CollectionAssert.AreEqual(label.Classes.ToArray(), actual.Label!.Classes.ToArray());
            CollectionAssert.AreEqual(label.Sequence, actual.Label.Sequence);
            Assert.AreEqual(label.Missing, actual.Label.Missing);
            Assert.AreEqual(label.Order!.AdjacentEqual, actual.Label.Order!.AdjacentEqual);
        }
    }

    private static void AreEqual(SlotProfile a, SlotProfile b, double tolerance)
    {
        Assert.AreEqual(
            (a.Index, a.Name, a.Count, a.Missing, a.PositiveInfinities, a.NegativeInfinities, a.Zeros, a.Min, a.Max),
            (b.Index, b.Name, b.Count, b.Missing, b.PositiveInfinities, b.NegativeInfinities, b.Zeros, b.Min, b.Max));
        CollectionAssert.AreEqual(a.MissingRows.ToArray(), b.MissingRows.ToArray());
        CollectionAssert.AreEqual(a.InfiniteRows.ToArray(), b.InfiniteRows.ToArray());
        Near(a.Mean, b.Mean, tolerance * Math.Max(Math.Abs(a.Mean), a.StandardDeviation));
        Near(a.Variance, b.Variance, tolerance * a.Variance);
        Near(a.Lag1, b.Lag1, tolerance * 10);
        Assert.AreEqual(a.Sketch is null, b.Sketch is null);
        if (a.Sketch is null)
            return;
        Assert.AreEqual((a.Sketch.Count, a.Sketch.Distinct, a.Sketch.Association, a.Sketch.Order), (b.Sketch!.Count, b.Sketch.Distinct, b.Sketch.Association, b.Sketch.Order));
        CollectionAssert.AreEqual(a.Sketch.Quantiles.ToArray(), b.Sketch.Quantiles.ToArray());
        CollectionAssert.AreEqual(a.Sketch.HeavyHitters.ToArray(), b.Sketch.HeavyHitters.ToArray());
    }

    private static void Near(double expected, double actual, double tolerance) =>
        Assert.IsTrue(double.IsNaN(expected) ? double.IsNaN(actual) : Math.Abs(expected - actual) <= tolerance, $"{expected:R} and {actual:R} differ by more than {tolerance:R}.");
}
