using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Rules;

[TestClass]
public sealed class LabelGapsTests
{
    [TestMethod]
    public void A_declared_class_without_rows_is_a_warning()
    {
        var finding = Judge(Keys(4, values: true, 1, 3, 4)).Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.StartsWith("1 of 4 declared classes of 'Label' have no row in the training data: key2", finding.Message);
    }

    [TestMethod]
    [DataRow(4UL, true, Severity.Warning)]
    [DataRow(4UL, false, Severity.Info)]
    [DataRow(256UL, false, Severity.Info)]
    [DataRow(5000UL, true, Severity.Info)]
    public void A_count_that_is_only_a_bound_is_advice(ulong declared, bool values, Severity expected) =>
        Assert.AreEqual(expected, Judge(Keys(declared, values, 1, 2, 3)).Findings.Single().Severity);

    [TestMethod]
    public void A_gap_among_keys_without_values_is_a_warning() =>
        Assert.AreEqual(Severity.Warning, Judge(Keys(4, values: false, 1, 2, 4)).Findings.Single().Severity);

    [TestMethod]
    public void Numbers_with_a_hole_are_advice()
    {
        var finding = Judge(OrderedData.Of([0, 1, 2, 4, 5, 0])).Findings.Single();
        Assert.AreEqual(Severity.Info, finding.Severity);
        Assert.Contains("no row carries 3", finding.Message);
    }

    [TestMethod]
    public void Complete_classes_codes_and_targets_give_nothing()
    {
        Assert.IsEmpty(Judge(Keys(3, values: true, 1, 2, 3)).Findings);
        Assert.IsEmpty(Judge(OrderedData.Of([0, 1, 2, 3])).Findings);
        Assert.IsEmpty(Judge(OrderedData.Of([10, 20, 30])).Findings);
        Assert.IsEmpty(Judge(OrderedData.Of([-1, 1, 1])).Findings);
        Assert.IsEmpty(Judge(OrderedData.Of([0, 1, 3, 4, 5], task: LearningTask.Regression)).Findings);
        Assert.IsEmpty(Judge(OrderedData.Of([])).Findings);
        Assert.IsEmpty(Judge(Profiles.Of(10, [])).Findings);
    }

    [TestMethod]
    public void A_pass_that_ended_early_is_no_proof()
    {
        var report = Judge(Keys(4, values: true, 1, 3, 4) with { IsComplete = false });
        Assert.IsEmpty(report.Findings);
        Assert.HasCount(1, report.NotChecked);
    }

    [TestMethod]
    // A hole: a key above it stands for a position that does not exist.
    [DataRow(Severity.Error, "throws 'out of bounds'", true, 1, 3)]
    [DataRow(Severity.Error, "throws 'out of bounds'", true, 2, 3)]
    [DataRow(Severity.Error, "throws 'out of bounds'", false, 1, 2, 4)]
    // All gaps at the end: keys and positions agree until the model is evaluated.
    [DataRow(Severity.Warning, "evaluating its model throws", true, 1, 2)]
    [DataRow(Severity.Warning, "evaluating its model throws", false, 1, 2)]
    public void A_trainer_that_counts_classes_from_rows_fails_at_a_hole(Severity expected, string says, bool values, params int[] present)
    {
        var profile = Keys(present.Max() < 3 ? 3 : 4ul, values, [.. present.Select(k => (double)k)]);
        var finding = Judge(Counting(profile)).Findings.Single();
        Assert.AreEqual(expected, finding.Severity);
        Assert.Contains("TextClassificationTrainer counts the classes it meets", finding.Message);
        Assert.Contains(says, finding.Message);
    }

    [TestMethod]
    public void To_a_trainer_that_counts_a_bound_is_no_excuse()
    {
        Assert.AreEqual(Severity.Info, Judge(Keys(5000, values: false, 1, 2, 3)).Findings.Single().Severity);
        Assert.AreEqual(Severity.Warning, Judge(Counting(Keys(5000, values: false, 1, 2, 3))).Findings.Single().Severity);
        Assert.IsEmpty(Judge(Counting(Keys(3, values: true, 1, 2, 3))).Findings);
    }

    [TestMethod]
    public void Missing_labels_are_no_class()
    {
        // A row without a label counts neither as a class that is met nor as one that is declared.
        Assert.AreEqual(Severity.Error, Judge(Counting(Keys(3, values: true, double.NaN, 1, 3))).Findings.Single().Severity);
        Assert.IsEmpty(Judge(Counting(Keys(2, values: true, double.NaN, 1, 2))).Findings);
    }

    private static DataProfile Counting(DataProfile profile) => profile with
    {
        Declaration = profile.Declaration with { Trainer = new TrainerTraits("TextClassificationTrainer", TrainerFamily.StochasticGradient, false) { CountsClassesFromRows = true } },
    };

    private static DataProfile Keys(ulong declared, bool values, params double[] present)
    {
        var column = new LabelColumn("Label", ColumnKind.Key, "Key<UInt32>", declared, values, v => $"key{v}", null);
        var accumulator = new LabelAccumulator(column, 32);
        foreach (var value in present)
            accumulator.Add(value);
        var declaration = new DataDeclaration { Task = LearningTask.MulticlassClassification };
        return OrderedData.Of(accumulator.ToProfile(declaration.Task), [], declaration);
    }

    private static DiagnosticReport Judge(DataProfile profile) => RuleTester.Judge(new LabelGaps(), profile);
}
