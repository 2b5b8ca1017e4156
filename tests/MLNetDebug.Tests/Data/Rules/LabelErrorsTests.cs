using MLNetDebug.Data;
using MLNetDebug.Tests.Data.Labels;

namespace MLNetDebug.Tests.Data.Rules;

[TestClass]
public sealed class LabelErrorsTests
{
    [TestMethod]
    public void Flipped_labels_of_wine_are_named_with_few_others()
    {
        var (precision, recall) = Score(Table.Wine, seeds: 6);
        Assert.IsGreaterThan(0.9, precision);
        Assert.IsGreaterThan(0.8, recall);
    }

    [TestMethod]
    public void Flipped_labels_of_digits_are_named_with_few_others()
    {
        var (precision, recall) = Score(Table.Digits, seeds: 1);
        Assert.IsGreaterThan(0.9, precision);
        Assert.IsGreaterThan(0.9, recall);
    }

    [TestMethod]
    public void The_finding_is_an_info_that_ranks_rows_and_can_be_applied()
    {
        var (table, flipped) = Table.Wine.Shuffled(1).WithFlippedLabels(0.1, 2);
        var finding = Judge(Model(table)).Findings.Single();
        Assert.AreEqual(Severity.Info, finding.Severity);
        Assert.AreEqual(Confidence.Suspected, finding.Confidence);
        Assert.Contains(finding.Subject.Rows[0], flipped);
        var mend = (RelabelRowsMend)finding.Mend!;
        Assert.AreEqual(finding.Subject.Rows[0], mend.Rows[0].Row);
        CollectionAssert.AreEqual(mend.Rows.Select(r => r.Row).Order().ToArray(), mend.ToDrop().Rows.ToArray());
        Assert.Contains("looks like", finding.Message);
    }

    [TestMethod]
    public void Clean_labels_give_next_to_nothing()
    {
        foreach (var table in new[] { Table.Iris, Table.Wine, Table.Breast })
            Assert.IsLessThanOrEqualTo(0.02 * table.Count, Model(table.Shuffled(4)).Errors!.Suspects.Count);
    }

    [TestMethod]
    public void Labels_nothing_can_be_told_about_are_not_judged()
    {
        var report = Judge(Model(Table.Iris.WithRandomLabels(3)));
        Assert.IsEmpty(report.Findings);
        Assert.Contains("too little to tell a wrong label", report.NotChecked.Single().Reason);
    }

    [TestMethod]
    public void Regression_says_that_it_is_not_judged() =>
        Assert.Contains("regression", Judge(Model(Table.Linear(200, 4, 0.5, false, 1))).NotChecked.Single().Reason);

    [TestMethod]
    [DataRow(0.39, 1)]
    [DataRow(0.41, 0)]
    public void Suspects_that_are_mostly_right_after_all_are_not_listed(double wrongAfterAll, int findings) =>
        Assert.HasCount(findings, Judge(Given(1 - wrongAfterAll, 0.9)).Findings);

    [TestMethod]
    [DataRow(0.61, 1)]
    [DataRow(0.59, 0)]
    public void Models_hardly_better_than_guessing_are_not_believed(double accuracy, int findings) =>
        Assert.HasCount(findings, Judge(Given(0.9, accuracy)).Findings);

    [TestMethod]
    public void Hostile_class_names_stay_literals()
    {
        var model = Given(0.9, 0.9);
        var errors = model.Errors! with { Suspects = [new SuspectLabel(3, "a\"\n", 1, "b", 2, 0.9)] };
        Assert.Contains("\"a\\\"\\n\"", Judge(model with { Errors = errors }).Findings.Single().Message);
    }

    [TestMethod]
    public void An_option_out_of_range_is_refused() => Assert.ThrowsExactly<ArgumentException>(
        () => RuleTester.Judge(new LabelErrors(new LabelErrorsOptions { MinProbability = 0.4 }), Given(0.9, 0.9)));

    private static DiagnosticReport Judge(LabelModel model) => RuleTester.Judge(new LabelErrors(), model);

    private static LabelModel Model(Table table) => LabelModeler.Model(table.ToProfile(), new RunContext { TrainingBudget = TimeSpan.FromMinutes(2) })!;

    private static (double Precision, double Recall) Score(Table source, int seeds)
    {
        double precision = 0, recall = 0;
        for (var seed = 0; seed < seeds; seed++)
        {
            var (table, flipped) = source.Shuffled(seed).WithFlippedLabels(0.1, seed + 40);

            var suspects = Model(table).Errors!.Suspects;
            double hits = suspects.Count(s => flipped.Contains(s.Row));
            precision += hits / suspects.Count / seeds;
            recall += hits / flipped.Count / seeds;
        }

        return (precision, recall);
    }

    private static LabelModel Given(double probability, double accuracy) => new()
    {
        Label = "Label",
        Task = LearningTask.BinaryClassification,
        RowCount = 100,
        Rows = 100,
        ClassCount = 2,
        FeatureCount = 3,
        Agreement = new LabelAgreement(new PermutationStatistic(0.9, 0.5, 0.01), new PermutationStatistic(0.5, 0, 0.01)),
        Errors = new LabelErrorEstimate
        {
            Rows = 100,
            Suspects = [new SuspectLabel(3, "0", 0, "1", 1, probability)],
            FalseDiscoveryRate = 1 - probability,
            OutOfFoldAccuracy = accuracy,
            TrivialAccuracy = 0.5,
        },
    };
}
