using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Labels;

[TestClass]
public sealed class LabelModelerTests
{
    [TestMethod]
    public void The_same_data_and_seed_give_the_same_model()
    {
        var (first, second) = (LabelModeler.Model(Table.Wine.ToProfile(), Roomy())!, LabelModeler.Model(Table.Wine.ToProfile(), Roomy())!);
        Assert.AreEqual(first.Agreement, second.Agreement);
        CollectionAssert.AreEqual(first.Errors!.Suspects.ToArray(), second.Errors!.Suspects.ToArray());
    }

    [TestMethod]
    public void Time_spent_is_booked_and_the_sample_bounded()
    {
        var run = new RunContext { MaxTrainingRows = 300 };
        var model = LabelModeler.Model(Table.Digits.ToProfile(), run)!;
        Assert.AreEqual(300, model.Rows);
        Assert.IsGreaterThan(TimeSpan.Zero, run.TrainingSpent);
    }

    [TestMethod]
    public void A_spent_budget_few_rows_or_no_features_are_said_and_not_measured()
    {
        var spent = new RunContext();
        spent.SpendTraining(TimeSpan.FromSeconds(5));
        AssertUnanswered(Table.Iris, spent, "budget");
        AssertUnanswered(Table.Iris.First(30), new RunContext(), "30 labelled rows are too few");
        AssertUnanswered(Table.Iris with { Rows = [.. Table.Iris.Rows.Select(_ => new float[] { 1 })] }, new RunContext(), "no feature varies");
        AssertUnanswered(Table.Iris with { Labels = [.. Table.Iris.Labels.Select(_ => 1f)] }, new RunContext(), "all labels are the same");
        Assert.IsNull(LabelModeler.Model(Table.Iris.ToProfile() with { Label = null }, new RunContext()));
    }

    [TestMethod]
    public void Free_text_alone_is_told_to_be_read_behind_its_transform()
    {
        var profile = Table.Iris.ToProfile();
        var text = new SampleColumn
        {
            Column = "Text",
            Slot = 0,
            Kind = ColumnKind.Text,
            Role = ColumnRole.Feature,
            Subject = Subject.Column("Text"),
            Codes = [.. profile.Sample.Positions.Select(p => (ulong)p * 1_000_003)],
        };
        var run = new RunContext();
        Assert.IsNull(LabelModeler.Model(profile with { Sample = new DataSample(0, profile.Sample.Positions, [text], profile.Sample.Labels) }, run));
        Assert.Contains("FeaturizeText", run.Unanswered.Single().Reason);
    }

    [TestMethod]
    public void Without_time_for_a_regression_neighbours_tell_alone()
    {
        var (table, flipped) = Table.Digits.First(1000).WithFlippedLabels(0.1, 5);
        var errors = LabelModeler.Model(table.ToProfile(), new RunContext { TrainingBudget = TimeSpan.FromMilliseconds(25) })!.Errors!;
        Assert.IsFalse(errors.HasLinear);
        Assert.IsGreaterThan(0.8, (double)errors.Suspects.Count(s => flipped.Contains(s.Row)) / Math.Max(errors.Suspects.Count, flipped.Count));
    }

    [TestMethod]
    public void Cancellation_ends_it() => Assert.ThrowsExactly<OperationCanceledException>(
        () => LabelModeler.Model(Table.Digits.ToProfile(), new RunContext { Cancellation = new CancellationToken(true) }));

    [TestMethod]
    public void Missing_and_infinite_features_and_missing_labels_are_taken()
    {
        var table = Table.Iris.Shuffled(2);
        float[][] rows = [.. table.Rows.Select((r, i) => i % 7 == 0 ? [float.NaN, float.PositiveInfinity, r[2], r[3]] : r)];
        float[] labels = [.. table.Labels.Select((l, i) => i == 75 ? float.NaN : l)];
        var model = LabelModeler.Model((table with { Rows = rows, Labels = labels }).ToProfile(), Roomy())!;
        Assert.AreEqual(149, model.Rows);
        Assert.AreEqual(5, model.FeatureCount);
        Assert.IsGreaterThan(10, model.Agreement.Neighbours.Z);
    }

    [TestMethod]
    public void Categories_become_columns_of_their_own()
    {
        var random = new Random(1);
        var classes = Enumerable.Range(0, 400).Select(_ => random.Next(3)).ToArray();
        var column = new SampleColumn
        {
            Column = "Colour",
            Slot = 0,
            Kind = ColumnKind.Text,
            Role = ColumnRole.Feature,
            Subject = Subject.Column("Colour"),
            Codes = [.. classes.Select(c => (ulong)c * 1_000_003 + 7)],
        };
        var table = new Table([.. classes.Select(_ => new[] { (float)Profiles.Gauss(random) })], [.. classes.Select(c => (float)c)]);
        var profile = table.ToProfile();
        var sample = profile.Sample;
        var model = LabelModeler.Model(profile with { Sample = new DataSample(0, sample.Positions, [.. sample.Columns, column], sample.Labels) }, Roomy())!;
        Assert.AreEqual(4, model.FeatureCount);
        Assert.IsGreaterThan(0.8, model.Agreement.Linear.Excess);
    }

    [TestMethod]
    public void Wide_data_is_folded_and_says_so()
    {
        var model = LabelModeler.Model(Table.Linear(120, 700, 0.9, true, 3).ToProfile(), Roomy())!;
        Assert.AreEqual(ModelRowsBuilder.MaxWidth, model.FeatureCount);
        Assert.Contains("700", model.Remarks.Single());
    }

    private static void AssertUnanswered(Table table, RunContext run, string reason)
    {
        Assert.IsNull(LabelModeler.Model(table.ToProfile(), run));
        Assert.Contains(reason, run.Unanswered.Single().Reason);
    }

    /// <summary>Time enough on a machine of any speed, so that what is measured does not depend on it.</summary>
    private static RunContext Roomy() => new() { TrainingBudget = TimeSpan.FromMinutes(2) };
}
