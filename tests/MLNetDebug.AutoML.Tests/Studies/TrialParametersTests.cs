using CsCheck;

namespace MLNetDebug.AutoML.Tests.Studies;

[TestClass]
public sealed class TrialParametersTests
{
    [TestMethod]
    public void Parameters_WithTheSameValues_AreEqual_WhateverTheirOrder() =>
        Gen.Dictionary(Gen.String[Gen.Char['a', 'e'], 1, 3], Gen.OneOf(Gen.Double[-1e9, 1e9], Gen.OneOfConst(0.0, -0.0, 1)))[1, 6].Sample(values =>
        {
            var (one, other) = (new TrialParameters(values), new TrialParameters(values.Reverse()));
            Assert.AreEqual(one, other);
            Assert.AreEqual(one.GetHashCode(), other.GetHashCode());
            Assert.AreEqual(one.ToString(), other.ToString());
            CollectionAssert.AreEqual(values.Keys.Order(StringComparer.Ordinal).ToArray(), one.Values.Keys.ToArray());
            var changed = new Dictionary<string, double>(values) { [values.Keys.First()] = 2e9 };
            Assert.AreNotEqual(one, new TrialParameters(changed));
            Assert.AreNotEqual(one, new TrialParameters([.. values, new("z", 1)]));
        });

    [TestMethod]
    public void Parameters_EqualByMinusZero_HaveTheSameHash()
    {
        var (plus, minus) = (new TrialParameters([new("a", 0.0)]), new TrialParameters([new("a", -0.0)]));
        Assert.AreEqual(plus.Equals(minus), plus.GetHashCode() == minus.GetHashCode());
    }

    [TestMethod]
    public void Parameters_RefuseWhatIsNoNumber_AndWhatStandsTwice()
    {
        foreach (var value in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
            StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => new TrialParameters([new("rate", value)])).Message, "'rate'");
        Assert.ThrowsExactly<ArgumentException>(() => new TrialParameters([new("a", 1), new("a", 1)]));
        Assert.ThrowsExactly<ArgumentNullException>(() => new TrialParameters(null!));
    }

    [TestMethod]
    public void Parameters_GiveRateAndBatch_OrSayThatThereAreNone()
    {
        var both = new TrialParameters([new("LearningRate", 0.01), new("BatchSize", 32), new("decay", 1e-4)]);
        Assert.AreEqual((0.01, 32, 1e-4, "BatchSize 32, LearningRate 0.01, decay 0.0001"), (both.LearningRate, both.BatchSize, both["decay"], both.ToString()));
        var none = new TrialParameters([new("decay", 1)]);
        Assert.AreEqual((double.NaN, 0), (none.LearningRate, none.BatchSize));
        StringAssert.Contains(Assert.ThrowsExactly<KeyNotFoundException>(() => none["momentum"]).Message, "no 'momentum'; it has decay");
    }
}
