using CsCheck;
using MLNetDebug.Torch.Training.Signals;

namespace MLNetDebug.Torch.Tests.Training.Signals;

[TestClass]
public sealed class SquareSumsTests
{
    /// <summary>Scales at which single precision holds the squares, and those at which they vanish or end.</summary>
    private static readonly Gen<float[]> Values =
        from scale in Gen.OneOfConst(1e-44f, 1e-30f, 1e-20f, 1e-8f, 1f, 1e10f, 1e25f, 1e38f)
        from values in Gen.Float[-1, 1].Array[0, 10_000]
        select values.Select(v => v * scale).ToArray();

    [TestMethod]
    public void A_sum_in_pieces_is_that_of_the_squares_in_double_precision() => Values.Sample(values =>
    {
        var expected = values.Sum(v => (double)v * v);
        Assert.AreEqual(expected, SquareSums.Sum(values), 1e-4 * expected);
    }, iter: 300);

    [TestMethod]
    public void One_number_that_is_not_finite_shows_wherever_it_stands() => Gen.Select(Gen.Int[0, 9_999], Gen.OneOfConst(float.NaN, float.PositiveInfinity, float.NegativeInfinity), Gen.OneOfConst(0f, 1e-25f, 1f)).Sample((at, bad, others) =>
    {
        var values = Enumerable.Repeat(others, 10_000).ToArray();
        values[at] = bad;
        Assert.IsFalse(double.IsFinite(SquareSums.Sum(values)));
    }, iter: 100);
}
