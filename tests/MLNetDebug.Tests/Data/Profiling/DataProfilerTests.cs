using CsCheck;
using MathNet.Numerics.Statistics;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data;

[TestClass]
public sealed class DataProfilerTests
{
    private static readonly MLContext Ml = new(1);
    private static readonly DataDeclaration Labelled = new() { Label = "Label", Features = ["Features"], Task = LearningTask.MulticlassClassification };

    [TestMethod]
    public void Iris_HasItsKnownFacts()
    {
        var profile = new DataProfiler().Profile(RealData.Load("iris.csv", 4, header: true), Labelled);

        Assert.AreEqual(150, profile.RowCount);
        Assert.IsTrue(profile.IsComplete);
        Assert.AreEqual(1, profile.Duplicates!.DuplicateRows);
        Assert.AreEqual(0, profile.Duplicates.ConflictingGroups);
        Assert.IsTrue(profile.Duplicates.IsExact);
        CollectionAssert.AreEqual(new long[] { 50, 50, 50 }, profile.Label!.Classes.Select(c => c.Count).ToArray());
        Assert.IsGreaterThan(0.98, profile.Label.Order!.Batches!.H);
        var slots = profile.Column("Features")!.Slots;
        Assert.AreEqual(0.88, slots.Max(s => Math.Abs(s.Sketch!.Order!.Spearman)), 0.005);
        Assert.IsTrue(profile.RowIds.IsMonotone);
        Assert.AreEqual(0, profile.RowIds.MaxDisplacement);
        Assert.AreEqual(150, profile.Sample.Count);
    }

    [TestMethod]
    public void Digits_HasThreeConstantColumns()
    {
        var profile = new DataProfiler().Profile(RealData.Load("digits.csv", 64, header: false), Labelled);

        Assert.AreEqual(1797, profile.RowCount);
        Assert.AreEqual(3, profile.Column("Features")!.Slots.Count(s => s.Variance == 0 && s.Min == s.Max && s.Sketch!.Distinct == 1));
    }

    [TestMethod]
    public void Wine_MomentsAreMathNets()
    {
        var cells = RealData.Cells("wine_data.csv", header: true);
        var slots = new DataProfiler().Profile(RealData.Load("wine_data.csv", 13, header: true), Labelled).Column("Features")!.Slots;

        for (var slot = 0; slot < 13; slot++)
        {
            double[] values = [.. cells.Select(r => (double)r[slot])];
            AssertMoments(values, slots[slot], 1e-12);
            Assert.AreEqual(values.Distinct().Count(), slots[slot].Sketch!.Distinct);
            Assert.AreEqual(SortedArrayStatistics.QuantileCustom([.. values.Order()], 0.25, QuantileDefinition.R7), slots[slot].Sketch!.Quantiles[3], 1e-9);
        }
    }

    [TestMethod]
    public void Moments_OfAnyValues_AreMathNets()
    {
        var value = Gen.Frequency((20, Gen.Double[-5, 5]), (1, Gen.Const(double.NaN)), (1, Gen.Const(double.PositiveInfinity)), (1, Gen.Const(0.0)));
        Gen.Select(value.Array[0, 700], Gen.OneOfConst(0.0, 1e9, -1e6)).Sample(
            (values, offset) =>
            {
                double[] moved = [.. values.Select(v => v + offset)];
                var slot = Profile(moved);
                AssertMoments(moved, slot, 1e-12, offset);
                Assert.AreEqual(moved.Count(double.IsNaN), slot.Missing);
                Assert.AreEqual(moved.Count(double.IsPositiveInfinity), slot.PositiveInfinities);
                Assert.AreEqual(moved.Count(v => v == 0), slot.Zeros);
                Assert.AreEqual(Lag1([.. moved.Select(v => v - offset)]), slot.Lag1, 1e-9);
            },
            iter: 60);
    }

    [TestMethod]
    public void Variance_OfOneAroundABillion_KeepsTwelveDigits()
    {
        var random = new Random(3);
        double[] values = [.. Enumerable.Range(0, 20_000).Select(_ => 1e9 + MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1))];

        var slot = Profile(values);

        AssertMoments(values, slot, 1e-12, 1e9);
    }

    /// <summary>Compares with MathNet, which gets the values less an offset: its own update formula loses digits far from zero.</summary>
    private static void AssertMoments(double[] values, SlotProfile slot, double tolerance, double offset = 0)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        Assert.AreEqual(values.Length, slot.Count);
        Assert.AreEqual(finite.Length, slot.Finite);
        if (finite.Length == 0)
        {
            Assert.IsTrue(double.IsNaN(slot.Mean) && double.IsNaN(slot.Min) && double.IsNaN(slot.Max));
            return;
        }

        var scale = Math.Max(1, finite.Max(Math.Abs));
        Assert.AreEqual(finite.Min(), slot.Min);
        Assert.AreEqual(finite.Max(), slot.Max);
        double[] centred = [.. finite.Select(v => v - offset)];
        Assert.AreEqual(centred.Mean() + offset, slot.Mean, tolerance * scale);
        Assert.AreEqual(centred.Length == 1 ? 0 : centred.Variance(), slot.Variance, tolerance * Math.Max(1, slot.Variance));
    }

    /// <summary>The definition, read off the contract.</summary>
    private static double Lag1(double[] values)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        if (finite.Length == 0)
            return double.NaN;
        var mean = finite.Mean();
        var squares = finite.Sum(v => (v - mean) * (v - mean));
        var pairs = values.Zip(values.Skip(1)).Where(p => double.IsFinite(p.First) && double.IsFinite(p.Second)).ToArray();
        return pairs.Length == 0 || squares == 0 ? double.NaN
            : Math.Clamp(pairs.Sum(p => (p.First - mean) * (p.Second - mean)) / squares * (finite.Length - 1) / pairs.Length, -1, 1);
    }

    private static SlotProfile Profile(double[] values) =>
        new DataProfiler().Profile(Ml.Data.LoadFromEnumerable(values.Select(v => new Row { Value = v })), new DataDeclaration()).Column("Value")!.Slots[0];

    private sealed class Row
    {
        public double Value { get; set; }
    }
}
