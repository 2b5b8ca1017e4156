using CsCheck;

using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Splits;

[TestClass]
public sealed class NewValuesTests
{
    [TestMethod]
    public void The_most_frequent_value_of_one_side_alone_is_found()
    {
        var found = NewValues.Find([1, 1, 2, 5], [0, 1, 3, 3, 4, 4, 4]);
        Assert.AreEqual(4, found.Value);
        Assert.AreEqual(3, found.Count);

        // 1 and 4 stand three times over both; three given values of 11 all fall among the 7 with this chance.
        Assert.AreEqual(2 * (7.0 / 11 * 6 / 10 * 5 / 9), found.PValue, 1e-12);
    }

    [TestMethod]
    public void Agrees_with_a_slow_count() =>
        Gen.Int[0, 9].Array[0, 20].Select(Gen.Int[0, 9].Array[0, 20]).Sample((a, b) =>
        {
            double[] train = [.. a.Order()], test = [.. b.Order()];
            var fresh = test.GroupBy(v => v).Where(g => !train.Contains(g.Key)).Select(g => g.Count()).DefaultIfEmpty(0).Max();
            Assert.AreEqual(fresh, NewValues.Find(train, test).Count);
        });

    [TestMethod]
    public void Values_that_stand_once_prove_nothing() => Assert.AreEqual(1, NewValues.Find([1, 2], [3, 4, 5]).PValue);
}
