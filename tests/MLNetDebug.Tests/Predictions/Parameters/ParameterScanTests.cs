using System.Runtime.InteropServices;
using CsCheck;
using MLNetDebug.Predictions;

namespace MLNetDebug.Tests.Predictions.Parameters;

/// <summary>The scans against a count that takes each value by itself.</summary>
[TestClass]
public sealed class ParameterScanTests
{
    private static readonly Gen<float> Single = Gen.Frequency((4, Gen.Single), (1, Gen.OneOfConst(float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, -0f, float.Epsilon)));

    private static readonly Gen<double> Double = Gen.Frequency((4, Gen.Double), (1, Gen.OneOfConst(double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.MinValue, -0.0)));

    [TestMethod]
    public void Singles() => Single.Array[0, 300].Sample(
        values =>
        {
            double[] wide = [.. values.Select(v => (double)v)];
            Assert.AreEqual((SlowValues.NonFinite(wide), SlowValues.MaxAbsolute(wide)), ParameterScan.Scan(values));
            Assert.AreEqual(new ParameterTensor("w", values.Length, SlowValues.NonFinite(wide), SlowValues.MaxAbsolute(wide)), ParameterScan.Of("w", values));
        }, iter: 500, threads: 1);

    [TestMethod]
    public void Doubles_beyond_the_range_of_singles_are_finite() => Double.Array[0, 300].Sample(
        values => Assert.AreEqual((SlowValues.NonFinite(values), SlowValues.MaxAbsolute(values)), ParameterScan.Scan(values)), iter: 500, threads: 1);

    [TestMethod]
    public void Raw_values_of_any_element_type() => SavedTensors.Any.Sample(
        tensor =>
        {
            var values = SlowValues.Of(tensor.Type, tensor.Raw);
            var scanned = ParameterScan.Scan(tensor.Raw, ElementTypes.RealPart((ElementType)tensor.Type));
            Assert.AreEqual((SlowValues.NonFinite(values), SlowValues.MaxAbsolute(values)), scanned, $"type {tensor.Type}");
        }, iter: 1000, threads: 1);

    [TestMethod]
    public void Every_half_there_is() => Every(ElementType.Float16, bits => SlowValues.Float(bits, 5, 10));

    [TestMethod]
    public void Every_bfloat16_there_is() => Every(ElementType.BFloat16, bits => SlowValues.Float(bits, 8, 7));

    private static void Every(ElementType type, Func<ushort, double> value)
    {
        for (var i = 0; i <= ushort.MaxValue; i++)
        {
            var expected = value((ushort)i);
            var bits = (ushort)i;
            var scanned = ParameterScan.Scan(MemoryMarshal.AsBytes(new ReadOnlySpan<ushort>(in bits)), type);
            if (scanned != (double.IsFinite(expected) ? (0, Math.Abs(expected)) : (1, 0)))
                Assert.Fail($"0x{i:X4} is {expected}, and was scanned as {scanned}.");
        }
    }
}
