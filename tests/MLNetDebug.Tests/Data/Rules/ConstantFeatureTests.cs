using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Rules;

[TestClass]
public sealed class ConstantFeatureTests
{
    [TestMethod]
    public void Constant_slots_are_one_finding_per_column()
    {
        var report = RuleTester.Judge(new ConstantFeature(), Profiles.OfSlots(
            Profiles.Slot([1, 2, 3]), Profiles.Slot([7, 7, 7]), Profiles.Slot([0, 0, 0])));

        var finding = report.Findings.Single();
        Assert.AreEqual(Severity.Info, finding.Severity);
        Assert.AreEqual(1, finding.Subject.Slot);
        Assert.Contains("2 of 3 slots", finding.Message);
        Assert.AreEqual("1, 2", string.Join(", ", ((DropSlotsMend)finding.Mend!).Slots));
    }

    [TestMethod]
    public void A_scalar_constant_is_dropped_as_a_column()
    {
        var finding = RuleTester.Judge(new ConstantFeature(), Profiles.Of(3, [Profiles.Scalar("Year", Profiles.Slot([2024, 2024, 2024]))])).Findings.Single();
        Assert.Contains("Year", finding.Message);
        Assert.AreEqual("Year", string.Join(", ", ((DropColumnsMend)finding.Mend!).Columns));
    }

    [TestMethod]
    public void One_value_that_differs_is_enough_to_vary() =>
        Assert.IsEmpty(RuleTester.Judge(new ConstantFeature(), Profiles.OfSlots(Profiles.Slot([7, 7, 8]), Profiles.Slot([7, 7, double.NaN]))).Findings);

    [TestMethod]
    public void A_category_never_seen_is_fine_and_one_always_seen_is_not()
    {
        var column = Profiles.Vector("Colour", Profiles.Slot([0, 0, 0]), Profiles.Slot([1, 1, 1])) with { CategoricalRanges = [(0, 1)] };
        var finding = RuleTester.Judge(new ConstantFeature(), Profiles.Of(3, [column])).Findings.Single();
        Assert.AreEqual(1, finding.Subject.Slot);
        Assert.Contains("has one value only, 1,", finding.Message);
    }

    [TestMethod]
    public void A_text_of_one_length_is_not_a_constant()
    {
        var lengths = Profiles.Slot([3, 3, 3]);
        var several = lengths with { Sketch = lengths.Sketch! with { Distinct = 2 } };
        Assert.IsEmpty(RuleTester.Judge(new ConstantFeature(), Profiles.Of(3, [Profiles.Scalar("Code", several, ColumnKind.Text)])).Findings);
        Assert.HasCount(1, RuleTester.Judge(new ConstantFeature(), Profiles.Of(3, [Profiles.Scalar("Code", lengths, ColumnKind.Text)])).Findings);
    }

    [TestMethod]
    public void One_row_is_said_to_be_too_few()
    {
        var report = RuleTester.Judge(new ConstantFeature(), Profiles.OfSlots(Profiles.Slot([5])));
        Assert.IsEmpty(report.Findings);
        Assert.AreEqual(2, report.NotChecked.Single().RowsNeeded);
    }
}
