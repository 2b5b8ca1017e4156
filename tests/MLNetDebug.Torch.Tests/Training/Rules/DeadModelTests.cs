using MLNetDebug.Torch.Tests.Networks;
using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Tests.Training.Rules;

[TestClass]
public sealed class DeadModelTests
{
    private static readonly ValidationRecord Sound = new() { Rows = 200, Classes = 3, InvalidRows = 0, NonFiniteRows = 0, Min = 0.1, Max = 0.6, RowSpread = 0.3, MajorityShare = 0.4 };

    private static readonly TrainingWindow Alike = WindowsOfRuns.Empty with
    {
        Output = new() { Samples = 9, Rows = 32, Width = 3, RowSpread = 0, AlikeSamples = 5 },
        Batches = new() { HasClassLabels = true, ClassCounts = WindowsOfRuns.Counts((0, 100), (1, 100)) },
    };

    [TestMethod]
    public void One_answer_for_every_row_is_an_error()
    {
        var finding = Judge(Alike).Findings.Single();
        Assert.AreEqual(new Subject(SubjectKind.Model, "Net") { Step = 999 }.ToString(), finding.Subject.ToString());
        Assert.AreEqual(Severity.Error, finding.Severity);
        Assert.StartsWith("Net has given every row of its batch the same answer at each of the last 5 sampled steps (32 rows each), though their labels differ", finding.Message);
        Assert.HasCount(1, Judge(Alike with { Batches = new(), Loss = new() { ConstantLoss = 2 } }).Findings);
    }

    [TestMethod]
    public void The_boundary_of_the_samples()
    {
        Assert.IsEmpty(Judge(Alike with { Output = Alike.Output! with { AlikeSamples = 4 } }).Findings);
        Assert.IsEmpty(Judge(Alike, new() { LeastSamples = 6 }).Findings);
        Assert.ThrowsExactly<ArgumentException>(() => Judge(Alike, new() { LeastSamples = 1 }));
    }

    [TestMethod]
    public void One_answer_is_right_where_all_labels_are_alike_and_not_judged_where_none_is_known()
    {
        Assert.IsEmpty(Judge(Alike with { Batches = new() { HasClassLabels = true, ClassCounts = WindowsOfRuns.Counts((0, 200)) } }).Findings);
        Assert.IsEmpty(Judge(Alike with { Batches = new(), Loss = new() { ConstantLoss = 0 } }).NotChecked);
        var unknown = Judge(Alike with { Batches = new() });
        Assert.IsEmpty(unknown.Findings);
        Assert.Contains("of the labels nothing is known", unknown.NotChecked.Single().Reason);
    }

    [TestMethod]
    public void Held_out_rows_that_all_get_the_same_probabilities_are_an_error()
    {
        var finding = Judge(WindowsOfRuns.WithValidations(Sound, Sound with { RowSpread = 1e-9 })).Findings.Single();
        Assert.StartsWith("Net gives each of 200 held-out rows the same probabilities after epoch 1, though", finding.Message);
        Assert.IsEmpty(Judge(WindowsOfRuns.WithValidations(Sound with { RowSpread = 1e-6 })).Findings);
        Assert.IsEmpty(Judge(WindowsOfRuns.WithValidations(Sound with { RowSpread = 0, Rows = 19 })).Findings);
        Assert.HasCount(1, Judge(WindowsOfRuns.WithValidations(Sound with { RowSpread = 0, Rows = 20 })).Findings);
        Assert.IsEmpty(Judge(WindowsOfRuns.WithValidations(Sound with { RowSpread = 0, MajorityShare = 1 })).Findings);
        Assert.IsEmpty(Judge(WindowsOfRuns.WithValidations(Sound with { RowSpread = 0, MajorityShare = double.NaN })).Findings);
        // Rare events: small for every row, and not alike.
        Assert.IsEmpty(Judge(WindowsOfRuns.WithValidations(Sound with { RowSpread = 1e-7, Max = 1e-5 })).Findings);
    }

    [TestMethod]
    public void The_boundary_of_the_spread()
    {
        Assert.HasCount(1, Judge(WindowsOfRuns.WithValidations(Sound with { RowSpread = 1e-6 * 0.6 })).Findings);
        Assert.IsEmpty(Judge(WindowsOfRuns.WithValidations(Sound with { RowSpread = Math.BitIncrement(1e-6 * 0.6) })).Findings);
        Assert.HasCount(1, Judge(WindowsOfRuns.WithValidations(Sound with { RowSpread = 5e-6 }), new() { ConstantSpread = 1e-5 }).Findings);
        Assert.IsEmpty(Judge(WindowsOfRuns.WithValidations(Sound with { RowSpread = 0 }), new() { MinimumRows = 201 }).Findings);
        Assert.HasCount(1, Judge(WindowsOfRuns.WithValidations(Sound with { RowSpread = 0 }), new() { MinimumRows = 200 }).Findings);
    }

    [TestMethod]
    public void Held_out_answers_that_are_not_finite_are_an_error()
    {
        var finding = Judge(WindowsOfRuns.WithValidations(Sound with { InvalidRows = 7, NonFiniteRows = 7 })).Findings.Single();
        Assert.StartsWith("7 of 200 held-out rows get probabilities of Net that are NaN or infinite after epoch 0", finding.Message);
        Assert.HasCount(1, Judge(Alike with { Epochs = [new() { Epoch = 0, Validation = Sound with { InvalidRows = 200, NonFiniteRows = 200, Max = double.NaN, RowSpread = double.NaN } }] }).Findings);
    }

    [TestMethod]
    public void Living_networks_and_runs_of_which_nothing_is_known_are_silent()
    {
        Assert.IsEmpty(Judge(WindowsOfRuns.WithValidations(Sound, null)).Findings);
        Assert.IsEmpty(Judge(WindowsOfRuns.WithValidations(new ValidationRecord { Loss = 1 })).Findings);
        Assert.IsEmpty(Judge(WindowsOfRuns.Empty).Findings);
    }

    private static RuleTested Judge(TrainingWindow window, TrainingDeadModelOptions? options = null) => WindowsOfRuns.Judge(new DeadModel(options), window);
}
