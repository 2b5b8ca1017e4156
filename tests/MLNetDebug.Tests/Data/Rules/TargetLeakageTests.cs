using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Rules;

[TestClass]
public sealed class TargetLeakageTests
{
    private static readonly LabelProfile Binary = Profiles.ClassLabel(300, 300);

    [TestMethod]
    public void A_feature_near_perfect_where_no_other_is_gets_named_and_dropped()
    {
        var finding = Judge(Binary, Auc(0.76), Auc(0.9995), Auc(0.81)).Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.AreEqual(1, finding.Subject.Slot);
        Assert.Contains("AUC 0.9995; the next feature reaches 0.81", finding.Message);
        Assert.AreEqual("1", string.Join(",", ((DropSlotsMend)finding.Mend!).Slots));
    }

    [TestMethod]
    public void Easy_data_has_several_strong_features_and_stays_silent()
    {
        Assert.IsEmpty(Judge(Binary, Auc(0.976), Auc(0.975), Auc(0.97)).Findings, "breast cancer");
        Assert.IsEmpty(Judge(Binary, Auc(1), Auc(1), Auc(0.9)).Findings, "one iris against the others: petal length and width");
        Assert.IsEmpty(Judge(Binary, Auc(0.94), Auc(0.6)).Findings, "a strong feature");
    }

    [TestMethod]
    public void The_label_by_another_name_is_named_on_easy_data_too()
    {
        var copy = Profiles.Slot([.. Enumerable.Range(0, 600).Select(i => i % 2 == 0 ? 10.0 : 20)]).WithAssociation(AssociationKind.Auc, 1);
        var finding = Judge(Binary, Auc(1), copy, Auc(1)).Findings.Single(f => f.Severity == Severity.Warning);
        Assert.AreEqual(1, finding.Subject.Slot);
        Assert.Contains("the label by another name", finding.Message);
    }

    [TestMethod]
    public void A_strong_feature_far_ahead_of_the_next_is_only_an_info()
    {
        Assert.AreEqual(Severity.Info, Judge(Binary, Auc(0.96), Auc(0.6)).Findings.Single().Severity);
        Assert.IsEmpty(Judge(Binary, Auc(0.9499), Auc(0.6)).Findings);
    }

    [TestMethod]
    [DataRow(0.9951, 0.95, Severity.Warning)]
    [DataRow(0.9949, 0.9, Severity.Info)]
    [DataRow(0.9951, 0.952, Severity.Info)]
    public void Both_limits_must_be_passed(double best, double next, Severity expected) =>
        Assert.AreEqual(expected, Judge(Binary, Auc(best), Auc(next)).Worst);

    [TestMethod]
    public void With_several_classes_one_easy_class_is_no_leak()
    {
        var random = new Random(1);
        float[] labels = [.. Enumerable.Range(0, 600).Select(i => (float)(i % 3))];
        // The first class stands apart, the other two overlap, as in iris.
        float[] petal = [.. labels.Select(l => (float)(l == 0 ? random.NextDouble() : 3 + (0.5 * l) + random.NextDouble()))];
        float[] code = [.. labels.Select(l => (float)((l * 7) + (0.01 * random.NextDouble())))];
        float[] noise = [.. labels.Select(_ => random.NextSingle())];
        var label = Profiles.ClassLabel(200, 200, 200);

        var healthy = OfSample(label, labels, petal, noise, petal);
        Assert.IsEmpty(RuleTester.Judge(new TargetLeakage(), healthy).Findings);
        var sick = RuleTester.Judge(new TargetLeakage(), OfSample(label, labels, petal, noise, code)).Findings.Single();
        Assert.AreEqual(2, sick.Subject.Slot);
        Assert.AreEqual(Severity.Warning, sick.Severity);
    }

    [TestMethod]
    public void A_category_column_that_maps_to_the_label_is_found()
    {
        var slot = Profiles.Slot([.. Enumerable.Range(0, 600).Select(i => i % 2 == 0 ? 1.0 : 2)]).WithAssociation(AssociationKind.CramersV, 1);
        var columns = new[] { Profiles.Scalar("Status", slot, ColumnKind.Text), Profiles.Scalar("Age", Auc(0.7)) };
        var finding = RuleTester.Judge(new TargetLeakage(), Profiles.Of(600, columns, Binary)).Findings.Single();
        Assert.AreEqual("Status", finding.Subject.Name);
        Assert.AreEqual("Status", string.Join(",", ((DropColumnsMend)finding.Mend!).Columns));
    }

    [TestMethod]
    public void A_number_to_predict_is_leaked_by_rank()
    {
        var label = Profiles.RealLabel(Profiles.Normal(0, 1));
        SlotProfile Rank(double value) => Profiles.Normal(0, 1).WithAssociation(AssociationKind.Spearman, value);
        Assert.AreEqual(Severity.Warning, Judge(label, Rank(0.9995), Rank(0.7)).Worst);
        Assert.IsEmpty(Judge(label, Rank(0.998), Rank(0.7)).Findings);
        Assert.IsEmpty(Judge(label, Rank(0.9995), Rank(0.9994)).Findings, "the same quantity in two units, or a plain law");
    }

    [TestMethod]
    public void An_id_that_follows_the_rows_is_the_orders_matter()
    {
        var id = Auc(1);
        id = id with { Sketch = id.Sketch! with { Order = new SlotOrder { Rows = 600, Spearman = 1 } } };
        var report = Judge(Binary, id, Auc(0.6));
        Assert.IsEmpty(report.Findings);
        Assert.Contains("order of the rows", report.NotChecked.Single().Reason);
    }

    [TestMethod]
    public void Few_rows_a_rare_class_a_single_feature_and_no_label_accuse_nobody()
    {
        var few = Judge(Profiles.ClassLabel(20, 20), Auc(1, 40), Auc(0.6, 40));
        Assert.IsEmpty(few.Findings);
        Assert.AreEqual(50, few.NotChecked.Single().RowsNeeded);
        Assert.IsEmpty(Judge(Profiles.ClassLabel(593, 7), Auc(1), Auc(0.6)).Findings);
        Assert.IsEmpty(RuleTester.Judge(new TargetLeakage(), Profiles.OfSlots(Auc(1), Auc(0.6))).Findings);
        Assert.AreEqual(Severity.Info, Judge(Binary, Auc(1)).Worst, "with one feature there is nothing to exceed");
    }

    private static SlotProfile Auc(double value, int rows = 600) => Profiles.Normal(0, 1, rows).WithAssociation(AssociationKind.Auc, value);

    private static DiagnosticReport Judge(LabelProfile label, params SlotProfile[] slots) =>
        RuleTester.Judge(new TargetLeakage(), Profiles.Of(600, [Profiles.Vector("Features", slots)], label));

    private static DataProfile OfSample(LabelProfile label, float[] labels, params float[][] features)
    {
        SlotProfile[] slots = [.. features.Select(f => Profiles.Slot([.. f.Select(v => (double)v)]).WithAssociation(AssociationKind.Auc, BestAuc(f, labels)))];
        return Profiles.Of(labels.Length, [Profiles.Vector("Features", slots)], label) with
        {
            Sample = new DataSample(0, [.. Enumerable.Range(0, labels.Length).Select(i => (long)i)], [.. features.Select(LabelPurityTests.Column)], labels),
        };
    }

    /// <summary>The best one-against-rest AUC, folded, by counting pairs.</summary>
    private static double BestAuc(float[] values, float[] labels) => labels.Distinct().Max(c =>
    {
        double wins = 0, pairs = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            for (var j = 0; j < labels.Length; j++)
            {
                if (labels[i] != c || labels[j] == c)
                    continue;
                pairs++;
                wins += values[i] > values[j] ? 1 : values[i] == values[j] ? 0.5 : 0;
            }
        }

        return Math.Max(wins / pairs, 1 - (wins / pairs));
    });
}
