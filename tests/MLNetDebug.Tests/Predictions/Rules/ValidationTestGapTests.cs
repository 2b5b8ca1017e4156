using MLNetDebug.Data;
using MLNetDebug.Predictions;
using MLNetDebug.Tests.Data;
using MLNetDebug.Tests.Data.Splits;

namespace MLNetDebug.Tests.Predictions.Rules;

[TestClass]
public sealed class ValidationTestGapTests
{
    private static EvaluationPair Plain => Gaps.Pair(Gaps.Accuracy(900, 830), Gaps.Accuracy(800, 640));

    [TestMethod]
    public void A_gap_that_nothing_explains_is_laid_to_tuning()
    {
        var finding = Judge(Plain).Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.AreEqual((SubjectKind.Split, "validation data / test data"), (finding.Subject.Kind, finding.Subject.Name));
        Assert.StartsWith("Accuracy is 92.22 % on the validation data (900 rows) and 80 % on the test data (800 rows): 12.2 percentage points lost, 7.35 standard errors (floors 5 percentage points and 3).", finding.Message);
        Assert.Contains("whether validation rows were trained on was not looked at (pass Train)", finding.Message);
        Assert.Contains("What is left is tuning", finding.Message);
        Assert.EndsWith("The honest number is the lower one: an accuracy of 80 %.", finding.Message);
        Assert.Contains("ml.MulticlassClassification.CrossValidate", finding.Advice.Single().Code!);
    }

    [TestMethod]
    public void No_gap_and_a_better_test_are_silent()
    {
        Assert.IsEmpty(Judge(Gaps.Pair(Gaps.Accuracy(9000, 8000), Gaps.Accuracy(8000, 7100))).Findings);
        Assert.IsEmpty(Judge(Gaps.Pair(Gaps.Accuracy(900, 640), Gaps.Accuracy(800, 760))).Findings);
    }

    [TestMethod]
    public void Floors_and_standard_errors_decide()
    {
        var many = Gaps.Pair(Gaps.Accuracy(100_000, 90_000), Gaps.Accuracy(100_000, 85_100));
        Assert.IsEmpty(Judge(many).Findings);
        Assert.HasCount(1, Judge(many, new ValidationTestGapOptions { AccuracyFloor = 0.048 }).Findings);
        Assert.HasCount(1, Judge(Gaps.Pair(Gaps.Accuracy(100_000, 90_000), Gaps.Accuracy(100_000, 84_900))).Findings);
        Assert.IsEmpty(Judge(Plain, new ValidationTestGapOptions { StandardErrors = 8 }).Findings);
        Assert.ThrowsExactly<ArgumentException>(() => Judge(Plain, new ValidationTestGapOptions { AccuracyFloor = 0 }));
    }

    [TestMethod]
    public void Few_rows_cannot_tell_and_say_how_many_would()
    {
        var report = Judge(Gaps.Pair(Gaps.Accuracy(100, 80), Gaps.Accuracy(90, 66)));
        Assert.IsEmpty(report.Findings);
        var open = report.NotChecked.Single();
        Assert.Contains("a gap of 6.67 percentage points is 1.09 standard errors on so few rows, which chance explains", open.Reason);
        // 90 rows times (3 / 1.09) squared.
        Assert.IsTrue(open.RowsNeeded is > 650 and < 720, $"{open.RowsNeeded}");
        Assert.Contains("only a gap of", Judge(Gaps.Pair(Gaps.Accuracy(50, 40), Gaps.Accuracy(50, 40))).NotChecked.Single().Reason);
        Assert.IsEmpty(Judge(Gaps.Pair(Gaps.Accuracy(9000, 7200), Gaps.Accuracy(9000, 7200))).NotChecked);
    }

    [TestMethod]
    public void Trained_rows_are_counted_out()
    {
        // Half of the validation rows were trained on and are all right; the others are as good as the test.
        var seen = Leakage(copies: 450, of: 900, expected: 2, p: 1e-30);
        var finding = Judge(Gaps.Pair(Gaps.Accuracy(900, 810), Gaps.Accuracy(800, 640)) with { Seen = new SeenRows(seen, Gaps.Accuracy(450, 450)) }).Findings.Single();
        Assert.Contains("450 validation rows of 900 stand in the training data (natural duplicates predict 2); without them the validation accuracy is 80 %, which explains 100 % of the gap", finding.Message);
        Assert.IsFalse(finding.Message.Contains("tuning"));
        Assert.AreEqual(1, finding.Evidence.Single(e => e.Name == "share of the gap explained by leaked rows").Value);
        var mend = (DropRowsMend)finding.Mend!;
        Assert.AreEqual((450, "validation = report.Mends.OfType<DropRowsMend>().First().Apply(ml, validation);"), (mend.Rows.Count, mend.Code));
    }

    [TestMethod]
    public void Natural_duplicates_are_no_cause()
    {
        var pair = Plain with { Seen = new SeenRows(Leakage(40, 900, 38, 0.4), Gaps.Accuracy(40, 40)) };
        Assert.IsFalse(Judge(pair).Findings.Single().Message.Contains("stand in the training data"));
        Assert.Contains("No row that was trained on, no change of the class shares and no column explains it.", Judge(pair).Findings.Single().Message);
    }

    [TestMethod]
    public void Other_class_shares_are_weighted()
    {
        // The model knows class 0 and not class 1, and the test has more of the second.
        var finding = Judge(Gaps.Pair(Gaps.ByClass("validation data", (900, 891), (100, 40)), Gaps.ByClass("test data", (300, 297), (500, 200)))).Findings.Single();
        Assert.Contains("'class 0' goes from 90 % to 37.5 % of the rows", finding.Message);
        Assert.Contains("weighted as the test data has them, is 62.13 %, which explains 100 % of the gap", finding.Message);
        Assert.AreEqual(0.375 * 0.99 + 0.625 * 0.4, finding.Evidence.Single(e => e.Name == "validation accuracy at the test's class shares").Value, 1e-9);
    }

    [TestMethod]
    public void Columns_that_differ_are_named_as_MLD111_names_them()
    {
        var finding = Judge(Plain with { Splits = Gaps.Moved(0.8) }).Findings.Single();
        Assert.Contains("1 feature column is distributed differently: Age (0.", finding.Message);
        Assert.IsFalse(finding.Message.Contains("tuning"), "What a moved column explains cannot be computed: nothing is called left over.");
        Assert.Contains("What is left is tuning", Judge(Plain with { Splits = Gaps.Moved(0) }).Findings.Single().Message);

        var splits = Gaps.Moved(0.8);
        var named = RuleTester.Judge(new SplitShift(), splits).Findings.Where(f => f.Severity == Severity.Warning).Select(f => f.Subject);
        CollectionAssert.AreEqual(named.ToArray(), ShiftedColumns.Of(splits).Select(t => t.Column.Subject).ToArray());
    }

    [TestMethod]
    public void Where_no_column_differs_alone_a_model_that_tells_them_apart_is_named()
    {
        var domain = new DomainClassifier
        {
            TrainName = "validation data",
            TestName = "test data",
            SmallerRows = 800,
            Separation = new DomainSeparation { TrainRows = 400, TestRows = 400, Auc = 0.8, PValue = 1e-9, Carriers = [new DomainCarrier(Subject.Column("Age"), 0.7)] },
        };
        Assert.Contains("a model tells the two apart (AUC 0.8) by Age", Judge(Plain with { Splits = Gaps.Moved(0), Domain = domain }).Findings.Single().Message);
        Assert.IsFalse(Judge(Plain with { Domain = domain with { Separation = domain.Separation! with { PValue = 0.1 } } }).Findings.Single().Message.Contains("AUC"));
    }

    [TestMethod]
    public void A_metric_that_was_reported_wrongly_comes_first()
    {
        var wrong = new ReportedComparison("Accuracy", 1, 830 / 900.0, IsShare: true);
        var finding = Judge(Plain with { Reported = wrong }).Findings.Single();
        Assert.StartsWith("The reported Accuracy of the validation data, 1, is not theirs: computed over all of their rows it is 0.922.", finding.Message);
        Assert.Contains("ml.Diagnostics().Evaluate", finding.Advice[0].Code!);

        // The true metrics lie together: then the gap is one of the report.
        var alone = Judge(Gaps.Pair(Gaps.Accuracy(9000, 4200), Gaps.Accuracy(9000, 4150)) with { Reported = wrong with { Recomputed = 4200 / 9000.0 } }).Findings.Single();
        Assert.AreEqual(Severity.Warning, alone.Severity);
        Assert.EndsWith("the gap is one of the report and not of the model.", alone.Message);
        Assert.AreEqual(ProofKind.Fact, alone.Proof!.Kind);
    }

    [TestMethod]
    [DataRow(0.932, 0.93, true, true)]
    [DataRow(0.94, 0.93, true, false)]
    [DataRow(412.0, 411.0, false, true)]
    [DataRow(420.0, 411.0, false, false)]
    [DataRow(double.NaN, 0.93, true, false)]
    public void Rounding_is_no_fault(double reported, double recomputed, bool isShare, bool isSilent) =>
        Assert.AreEqual(isSilent, Judge(Gaps.Pair(Gaps.Accuracy(900, 800), Gaps.Accuracy(900, 800)) with { Reported = new ReportedComparison("metric", reported, recomputed, isShare) }).Findings.Count == 0);

    [TestMethod]
    public void Regressions_are_held_against_their_squared_errors()
    {
        var finding = Judge(Gaps.Pair(Targets(1, 600, 1), Targets(2, 600, 1.6))).Findings.Single();
        Assert.StartsWith("The mean squared error is 1 on the validation data (600 rows) and 2.", finding.Message);
        Assert.Contains("% more,", finding.Message);
        Assert.Contains("The honest number is the worse one: a root mean squared error of 1.", finding.Message);
        Assert.IsEmpty(Judge(Gaps.Pair(Targets(1, 600, 1), Targets(2, 600, 1.02))).Findings);

        var moved = Sampled.Compare(Sampled.Split.Target(Sampled.Normal(600, 1)), Sampled.Split.Target(Sampled.Normal(600, 2, 1)));
        Assert.Contains("the target is distributed differently (mean +", Judge(Gaps.Pair(Targets(1, 600, 1), Targets(2, 600, 1.6)) with { Splits = moved }).Findings.Single().Message);
    }

    [TestMethod]
    public void What_has_no_answers_or_no_finite_scores_is_not_judged()
    {
        var dead = Plain with { Test = Plain.Test with { Scores = new ScoreSummary { NonFinite = 3 } } };
        Assert.Contains("3 scores of the test data are not finite", Judge(dead).NotChecked.Single().Reason);
        var unlabelled = Plain with { Test = Plain.Test with { Judged = 0, Correct = 0, Classes = [], Columns = Plain.Test.Columns with { Label = null } } };
        Assert.Contains("the test data has no label", Judge(unlabelled).NotChecked.Single().Reason);
        Assert.IsEmpty(Judge(unlabelled).Findings);
    }

    private static DiagnosticReport Judge(EvaluationPair pair, ValidationTestGapOptions? options = null) => RuleTester.Judge(new ValidationTestGap(options), pair);

    private static RowLeakage Leakage(long copies, long of, double expected, double p) => new()
    {
        IsExact = true,
        TrainRows = 2000,
        TestRows = of,
        Copies = copies,
        AgreeingCopies = copies,
        ExpectedCopies = expected,
        MixedGroups = copies,
        Groups = copies,
        PValue = p,
        SameSourceRows = 0,
        SameSourcePValue = 1,
        CopyRows = [.. Enumerable.Range(0, (int)copies).Select(i => (long)i)],
        SameSourceCopyRows = [],
    };

    private static PredictionProfile Targets(int seed, int rows, double error)
    {
        var random = new Random(seed);
        float[] targets = [.. Enumerable.Range(0, rows).Select(_ => (float)Profiles.Gauss(random))];
        return Scored.Profile(Scored.Targets([.. targets.Select(t => (float)(t + error * Profiles.Gauss(random)))], targets), Scored.Regression, LearningTask.Regression) with { Name = "validation data" };
    }
}
