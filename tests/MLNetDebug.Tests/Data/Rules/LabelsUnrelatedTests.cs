using MLNetDebug.Data;
using MLNetDebug.Tests.Data.Labels;

namespace MLNetDebug.Tests.Data.Rules;

[TestClass]
public sealed class LabelsUnrelatedTests
{
    [TestMethod]
    public void Random_labels_on_500_digits_are_found_every_time()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            // A family of 400 tests, as wide data gives, is stood for by a level that much smaller.
            var finding = Judge(Table.Digits.Shuffled(seed).First(500).WithRandomLabels(seed + 100), alpha: 0.05 / 400).Findings.Single();
            Assert.AreEqual(Severity.Warning, finding.Severity);
            Assert.AreEqual(SubjectKind.Label, finding.Subject.Kind);
            Assert.Contains("have nothing to do with", finding.Message);
        }
    }

    [TestMethod]
    public void Real_labels_are_not_accused()
    {
        foreach (var table in new[] { Table.Iris, Table.Wine, Table.Breast, Table.Digits.First(400) })
        {
            var report = Judge(table.Shuffled(1));
            Assert.IsEmpty(report.Findings);
            Assert.IsEmpty(report.NotChecked);
        }
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Weak_signal_is_never_accused(bool classes)
    {
        for (var seed = 0; seed < 20; seed++)
            Assert.IsEmpty(Judge(Table.Linear(seed % 2 == 0 ? 300 : 1500, 10, 0.02, classes, seed)).Findings);
    }

    [TestMethod]
    public void Too_few_rows_to_rule_out_a_weak_relation_are_undecided_and_say_how_many_are_needed()
    {
        var open = Judge(Table.Iris.WithRandomLabels(4)).NotChecked.Single();
        Assert.AreEqual(RuleIds.LabelsUnrelated, open.RuleId);
        Assert.IsGreaterThan(150, open.RowsNeeded!.Value);
    }

    [TestMethod]
    public void A_relation_only_neighbours_see_clears_the_labels() =>
        Assert.IsEmpty(Judge(Table.Rings(1500, 1)).Findings);

    [TestMethod]
    [DataRow(0.00008, 0)]
    [DataRow(0.00012, 1)]
    public void One_sign_better_than_permutations_clears_the_labels(double p, int findings)
    {
        var z = MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, 1 - p);
        var model = new LabelModel
        {
            Label = "Label",
            Task = LearningTask.BinaryClassification,
            RowCount = 100_000,
            Rows = 20_000,
            ClassCount = 2,
            FeatureCount = 3,
            Agreement = new LabelAgreement(new PermutationStatistic(0.5 + z * 0.001, 0.5, 0.001), new PermutationStatistic(0, 0, 0.0001)),
        };
        Assert.HasCount(findings, RuleTester.Judge(new LabelsUnrelated(), model).Findings);
    }

    [TestMethod]
    public void An_option_out_of_range_is_refused() => Assert.ThrowsExactly<ArgumentException>(
        () => RuleTester.Judge(new LabelsUnrelated(new LabelsUnrelatedOptions { ClearedAt = 0.2 }), Model(Table.Iris)));

    private static DiagnosticReport Judge(Table table, double alpha = 0.05) => RuleTester.Judge(new LabelsUnrelated(), Model(table), alpha);

    private static LabelModel Model(Table table) => LabelModeler.Model(table.ToProfile(), new RunContext())!;
}
