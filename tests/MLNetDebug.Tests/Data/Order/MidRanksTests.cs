using CsCheck;

using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data;

[TestClass]
public sealed class MidRanksTests
{
    [TestMethod]
    public void Ranks_are_those_of_counting() =>
        Gen.Frequency((9, Gen.Int[-3, 3].Select(i => (float)i)), (1, Gen.Const(float.NaN))).Array[0, 40].Sample(values =>
        {
            var ranks = MidRanks.Of(values);
            for (var i = 0; i < values.Length; i++)
            {
                var expected = float.IsNaN(values[i]) ? float.NaN : values.Count(v => v < values[i]) + (values.Count(v => v == values[i]) + 1) / 2f;
                Assert.AreEqual(expected, ranks[i]);
            }
        });
}
