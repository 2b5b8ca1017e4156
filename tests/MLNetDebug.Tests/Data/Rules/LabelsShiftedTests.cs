using MLNetDebug.Data;
using MLNetDebug.Tests.Data.Labels;

namespace MLNetDebug.Tests.Data.Rules;

[TestClass]
public sealed class LabelsShiftedTests
{
    private static readonly Table[] Bases = [Table.Iris, Table.Wine, Table.Breast, Table.Digits.Shuffled(1).First(500)];

    [TestMethod]
    [DataRow(1)]
    [DataRow(-1)]
    [DataRow(5)]
    [DataRow(-8)]
    public void The_right_offset_is_named_on_every_base(int offset)
    {
        foreach (var table in Bases)
        {
            var finding = Judge(table.Shuffled(offset + 20).WithShiftedLabels(offset), alpha: 0.05 / 20).Findings.Single();
            Assert.AreEqual(offset, ((RealignLabelsMend)finding.Mend!).Offset);
            Assert.AreEqual(Severity.Warning, finding.Severity);
            Assert.Contains(offset > 0 ? "too late" : "too early", finding.Message);
        }
    }

    [TestMethod]
    public void Labels_in_place_give_nothing()
    {
        foreach (var table in Bases)
            Assert.IsEmpty(Judge(table.Shuffled(3)).Findings);
        Assert.IsEmpty(Judge(Table.Linear(600, 8, 0.4, false, 1)).Findings);
    }

    [TestMethod]
    public void A_target_off_by_three_rows_is_found() =>
        Assert.AreEqual(3, ((RealignLabelsMend)Judge(Table.Linear(600, 8, 0.4, false, 1).WithShiftedLabels(3)).Findings.Single().Mend!).Offset);

    [TestMethod]
    public void Random_labels_fit_no_other_row_either()
    {
        for (var seed = 0; seed < 10; seed++)
            Assert.IsEmpty(Judge(Table.Iris.WithRandomLabels(seed)).Findings);
    }

    [TestMethod]
    public void Labels_in_blocks_are_not_judged()
    {
        var model = Model(Table.Iris) with { Order = new LabelOrder { Rows = 150, Lag1 = 0.97, Lag1P = 1e-30, IsClassification = true } };
        var report = RuleTester.Judge(new LabelsShifted(), model);
        Assert.IsEmpty(report.Findings);
        Assert.Contains("order of the rows carries the label", report.NotChecked.Single().Reason);
        Assert.Contains("declared", RuleTester.Judge(new LabelsShifted(), model with { ExpectOrdered = true }).NotChecked.Single().Reason);
    }

    [TestMethod]
    public void Scattered_missing_labels_leave_the_question_open()
    {
        var table = Table.Digits.First(300);
        var holes = table with { Labels = [.. table.Labels.Select((l, i) => i % 9 == 0 ? float.NaN : l)] };
        var report = Judge(holes);
        Assert.Contains("labelled rows on both sides", report.NotChecked.Single().Reason);
    }

    [TestMethod]
    public void Labels_shifted_are_the_root_and_unrelated_ones_the_symptom()
    {
        var model = Model(Table.Digits.Shuffled(2).First(800).WithShiftedLabels(1));
        var report = new RuleEngine([new LabelsUnrelated(), new LabelsShifted()]).Judge("test", new Measurements().With(model));
        Assert.AreEqual(RuleIds.LabelsShifted, report.Findings[0].Rule.Id);
        Assert.AreEqual(RuleIds.LabelsShifted, report.Findings.Single(f => f.Rule.Id == RuleIds.LabelsUnrelated).FoldedUnder);
    }

    [TestMethod]
    public void An_option_out_of_range_is_refused() => Assert.ThrowsExactly<ArgumentException>(
        () => RuleTester.Judge(new LabelsShifted(new LabelsShiftedOptions { MaxLag1 = 0 }), Model(Table.Iris)));

    private static DiagnosticReport Judge(Table table, double alpha = 0.05) => RuleTester.Judge(new LabelsShifted(), Model(table), alpha);

    private static LabelModel Model(Table table) => LabelModeler.Model(table.ToProfile(), new RunContext())!;
}
