using MLNetDebug.Data;
using MLNetDebug.Tests.Data.Splits;

namespace MLNetDebug.Tests.Data.Rules;

[TestClass]
public sealed class LabelShiftTests
{
    [TestMethod]
    public void Classes_in_other_shares_are_found()
    {
        var finding = Judge(Classes(2000, 1, 0.5), Classes(1000, 2, 0.75)).Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.Contains("class 'class ", finding.Message);
        Assert.AreEqual(SplitKind.Stratified, ((SplitMend)finding.Mend!).Kind);
        Assert.AreEqual("Label", ((SplitMend)finding.Mend!).Column);
    }

    [TestMethod]
    public void Random_splits_are_silent()
    {
        var alarms = Enumerable.Range(0, 200).Count(s => Judge(Classes(300, s, 0.3), Classes(200, s + 999, 0.3)).Findings.Any(f => f.Severity >= Severity.Warning));
        Assert.IsLessThanOrEqualTo(2, alarms);
    }

    [TestMethod]
    [DataRow(0.02, 0.5, Severity.Info)]
    [DataRow(0.075, 0.5, Severity.Info)]
    [DataRow(0.12, 0.5, Severity.Warning)]
    public void The_floors_decide_on_many_rows(double change, double share, Severity severity) =>
        Assert.AreEqual(severity, Judge(Classes(50_000, 1, share), Classes(50_000, 2, share + change)).Findings.Single().Severity);

    [TestMethod]
    public void What_is_significant_follows_the_alpha_asked_for()
    {
        var (train, test) = (Classes(5000, 1, 0.5), Classes(5000, 2, 0.535));
        Assert.AreEqual(Severity.Info, Judge(train, test).Findings.Single().Severity);
        Assert.IsEmpty(Judge(train, test, alpha: 1e-6).Findings);
    }

    [TestMethod]
    public void A_class_never_trained_on_is_named()
    {
        float[] fresh = [.. Labels(1000, 2, 0.5).Select((l, i) => i % 50 == 0 ? 7 : l)];
        var finding = Judge(Classes(1000, 1, 0.5), Sampled.Split.Classes(fresh)).Findings.First(f => f.Message.Contains("no model can predict it"));
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.Contains("Class 'class 7' of 'Label' stands in 20 rows", finding.Message);

        fresh = [.. Labels(1000, 2, 0.5)];
        fresh[0] = 7;
        Assert.AreEqual(Severity.Info, Judge(Classes(1000, 1, 0.5), Sampled.Split.Classes(fresh)).Findings.Single().Severity);
    }

    [TestMethod]
    public void A_target_that_moved_is_found()
    {
        var findings = Judge(Sampled.Split.Target(Sampled.Normal(1000, 1)), Sampled.Split.Target(Sampled.Normal(1000, 2, 3))).Findings;
        Assert.IsTrue(findings.Any(f => f.Message.Contains("differs between the training data and the hold-out data: mean +", StringComparison.Ordinal) && f.Severity == Severity.Warning));
        Assert.IsTrue(findings.Any(f => f.Message.Contains("above the greatest training value")));
    }

    [TestMethod]
    public void Few_rows_are_said_to_be_few()
    {
        var report = Judge(Classes(30, 1, 0.5), Classes(20, 2, 0.5));
        Assert.IsEmpty(report.Findings);
        Assert.IsGreaterThan(100, report.NotChecked.Single().RowsNeeded!.Value);
    }

    [TestMethod]
    public void Labels_of_two_kinds_are_said_not_to_be_compared()
    {
        var train = Classes(100, 1, 0.5).ToProfile("training data");
        var test = Classes(100, 2, 0.5).ToProfile("hold-out data");
        test = test with { Label = test.Label! with { Kind = ColumnKind.Text, TypeText = "String" } };
        var report = RuleTester.Judge(new LabelShift(), SplitComparer.Compare(train, test, CancellationToken.None));
        Assert.IsEmpty(report.Findings);
        Assert.AreEqual("a shift of the label: its type is Single in the training data and String in the hold-out data", report.NotChecked.Single().Reason);
    }

    [TestMethod]
    public void Without_labels_there_is_nothing_to_say() =>
        Assert.IsEmpty(Judge(Sampled.Split.Numbers("a", [1, 2]), Sampled.Split.Numbers("a", [2, 1])).Findings);

    private static DiagnosticReport Judge(Sampled train, Sampled test, double alpha = 0.05) => RuleTester.Judge(new LabelShift(), Sampled.Compare(train, test), alpha);

    private static Sampled Classes(int rows, int seed, double share) => Sampled.Split.Classes([.. Labels(rows, seed, share)]);

    private static IEnumerable<float> Labels(int rows, int seed, double share)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, rows).Select(_ => random.NextDouble() < share ? 1f : 0f);
    }
}
