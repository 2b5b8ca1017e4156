using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Rules;

[TestClass]
public sealed class InfiniteFeatureTests
{
    [TestMethod]
    public void Infinities_are_an_error_with_counts_slot_and_rows()
    {
        var report = RuleTester.Judge(new InfiniteFeature(), Profiles.OfSlots(
            Profiles.Slot([1, 2, 3, 4]),
            Profiles.Slot([1, double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity], "speed")));

        var finding = report.Findings.Single();
        Assert.AreEqual(Severity.Error, finding.Severity);
        Assert.AreEqual(1, finding.Subject.Slot);
        Assert.AreEqual("1, 2, 3", string.Join(", ", finding.Subject.Rows));
        Assert.Contains("+Infinity 2, -Infinity 1", finding.Message);
        Assert.Contains("(speed)", finding.Message);
        Assert.AreEqual(new DropRowsMend([1, 2, 3], "rows with infinite features").Title, finding.Mend?.Title);
    }

    [TestMethod]
    public void Finite_values_and_missing_ones_are_none_of_its_business() =>
        Assert.IsEmpty(RuleTester.Judge(new InfiniteFeature(), Profiles.OfSlots(Profiles.Slot([float.MaxValue, double.NaN, 0]))).Findings);

    [TestMethod]
    public void No_rows_and_no_features_give_nothing()
    {
        Assert.IsEmpty(RuleTester.Judge(new InfiniteFeature(), Profiles.OfSlots(Profiles.Slot([]))).Findings);
        Assert.IsEmpty(RuleTester.Judge(new InfiniteFeature(), Profiles.Of(0, [])).Findings);
    }

    [TestMethod]
    public void Where_not_every_infinite_row_is_known_no_mend_is_offered()
    {
        var slot = Profiles.Slot([.. Enumerable.Repeat(double.PositiveInfinity, 9)]);
        Assert.IsNull(RuleTester.Judge(new InfiniteFeature(), Profiles.OfSlots(slot)).Findings.Single().Mend);
    }
}
