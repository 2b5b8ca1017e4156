using MLNetDebug.Torch.Tests.Networks;
using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Tests.Training.Rules;

[TestClass]
public sealed class OverconfidenceTests
{
    private static readonly double[] Rising = [0.9, 0.5, 0.55, 0.62, 0.7, 0.8];

    [TestMethod]
    public void A_rising_loss_with_steady_accuracy_is_decaying_confidence()
    {
        var finding = Judge(Run(Rising)).Findings.Single();
        Assert.AreEqual("Net", finding.Subject.Name);
        Assert.AreEqual(5, finding.Subject.Epoch);
        Assert.AreEqual(Severity.Info, finding.Severity);
        Assert.AreEqual(Confidence.Confirmed, finding.Confidence);
        Assert.StartsWith("The held-out loss was lowest after epoch 1 (0.5) and has risen to 0.75 in the 4 validations since (p = 0.042), while the held-out accuracy has not fallen (82 % then, 82 % now). Not the answers of Net", finding.Message);
        Assert.Contains("At temperature 2 the log-loss falls from 0.8 to 0.68", finding.Message);
        Assert.AreEqual("var probabilities = torch.nn.functional.softmax(logits / 2, 1);", finding.Advice[0].Code);
        Assert.AreEqual("line", finding.Figures.Single().Kind);
    }

    [TestMethod]
    public void Falling_accuracy_is_plain_overfitting()
    {
        var finding = Judge(Run(Rising, (v, i) => v with { Accuracy = i > 1 ? 0.7 : 0.82 })).Findings.Single();
        Assert.AreEqual(Severity.Info, finding.Severity);
        Assert.Contains("This is plain overfitting", finding.Message);
        // Within the noise of 200 rows (2 x 2.7 %), and without: the rows are not known.
        Assert.AreEqual(Confidence.Confirmed, Judge(Run(Rising, (v, i) => v with { Accuracy = i > 1 ? 0.78 : 0.82 })).Findings.Single().Confidence);
        Assert.Contains("This is plain overfitting", Judge(Run(Rising, (v, i) => v with { Accuracy = i > 1 ? 0.81 : 0.82, Rows = 0 })).Findings.Single().Message);
    }

    [TestMethod]
    public void Without_probabilities_it_is_suspected()
    {
        var finding = Judge(Run(Rising, (v, _) => new() { Loss = v.Loss, Accuracy = v.Accuracy })).Findings.Single();
        Assert.AreEqual(Severity.Info, finding.Severity);
        Assert.AreEqual(Confidence.Suspected, finding.Confidence);
        Assert.Contains("new Validation { Probabilities", finding.Advice.Single().Code!);
    }

    [TestMethod]
    public void Every_sign_is_needed()
    {
        Assert.IsEmpty(Judge(Run(Rising, (v, _) => v with { CalibrationError = 0.1 })).Findings);
        Assert.IsEmpty(Judge(Run(Rising, (v, i) => v with { MeanConfidenceOfWrong = 0.9 - i * 0.01 })).Findings);
        Assert.IsEmpty(Judge(Run(Rising, (v, _) => v with { Temperature = 1.49 })).Findings);
        Assert.IsEmpty(Judge(Run(Rising, (v, _) => v with { CalibratedLogLoss = v.LogLoss - 0.02 })).Findings);
        Assert.HasCount(1, Judge(Run(Rising, (v, _) => v with { CalibratedLogLoss = v.LogLoss - 0.03 })).Findings);
        Assert.IsEmpty(Judge(Run(Rising, (v, _) => v with { CalibrationPValue = 0.06 })).Findings);
    }

    [TestMethod]
    [DataRow(new[] { 0.9, 0.7, 0.6, 0.55, 0.52, 0.5, 0.49 })]
    [DataRow(new[] { 0.9, 0.5, 0.51, 0.5, 0.52, 0.51, 0.505 })]
    [DataRow(new[] { 0.9, 0.5, 0.52, 0.53, 0.54, 0.545 })]
    [DataRow(new[] { 0.9, 0.5, 0.9, 0.8, 0.7, 0.65 })]
    [DataRow(new[] { 0.9, 0.8, 0.5, 0.6, 0.7, 0.8 })]
    [DataRow(new[] { 0.9, 0.002, 0.004, 0.006, 0.008, 0.01 })]
    public void Losses_that_fall_or_wander_are_silent(double[] losses)
    {
        var tested = Judge(Run(losses));
        Assert.IsEmpty(tested.Findings);
        Assert.IsEmpty(tested.NotChecked);
    }

    [TestMethod]
    public void Too_few_validations_or_rows_are_not_checked()
    {
        Assert.Contains("4 validations of 5 that are needed", Judge(Run([0.5, 0.6, 0.7, 0.8])).NotChecked.Single().Reason);
        var few = Judge(Run(Rising, (v, _) => v with { Rows = 40, Temperature = double.NaN, CalibratedLogLoss = double.NaN, CalibrationPValue = double.NaN }));
        Assert.IsEmpty(few.Findings);
        Assert.AreEqual(100, few.NotChecked.Single().RowsNeeded);
    }

    [TestMethod]
    public void Runs_without_validation_or_without_classes_are_silent()
    {
        foreach (var window in new[] { WindowsOfRuns.Empty, WindowsOfRuns.WithValidations(null, null), Run(Rising, (v, _) => new() { Loss = v.Loss }), Run(Rising, (v, _) => v with { Loss = double.NaN, LogLoss = double.NaN }) })
        {
            var tested = Judge(window);
            Assert.IsEmpty(tested.Findings);
            Assert.IsEmpty(tested.NotChecked);
        }
    }

    [TestMethod]
    public void The_boundaries_of_the_trend()
    {
        // Of four validations behind the lowest each rises: a chance of one in 24.
        Assert.HasCount(1, Judge(Run(Rising), new() { PValue = (1 / 24.0) + 1e-12 }).Findings);
        Assert.IsEmpty(Judge(Run(Rising), new() { PValue = (1 / 24.0) - 1e-12 }).Findings);
        // The last two stand at 0.75, half above the lowest.
        Assert.HasCount(1, Judge(Run(Rising), new() { LeastRise = 0.5 }).Findings);
        Assert.IsEmpty(Judge(Run(Rising), new() { LeastRise = Math.BitIncrement(0.5) }).Findings);
        Assert.HasCount(1, Judge(Run(Rising[..5]), new() { Validations = 3, PValue = 0.2 }).Findings);
        Assert.IsEmpty(Judge(Run(Rising[..5]), new() { PValue = 0.2 }).Findings);
    }

    [TestMethod]
    public void The_boundaries_of_what_confirms_it()
    {
        TrainingWindow Errors(double last) => Run(Rising, (v, i) => v with { CalibrationError = i == 5 ? last : 0.25 });
        Assert.HasCount(1, Judge(Errors(0.25 + 0.03125), new() { ErrorRise = 0.03125 }).Findings);
        Assert.IsEmpty(Judge(Errors(0.25 + 0.03125), new() { ErrorRise = Math.BitIncrement(0.03125) }).Findings);
        Assert.HasCount(1, Judge(Errors(0.2701)).Findings);
        Assert.IsEmpty(Judge(Errors(0.2699)).Findings);
        Assert.HasCount(1, Judge(Run(Rising, (v, _) => v with { Temperature = 1.5 })).Findings);
        Assert.IsEmpty(Judge(Run(Rising, (v, _) => v with { Temperature = Math.BitDecrement(1.5) })).Findings);
        Assert.HasCount(1, Judge(Run(Rising, (v, _) => v with { Temperature = 1.2 }), new() { TemperatureFloor = 1.2 }).Findings);
        // It takes back 0.0625 of the 0.25 that the loss has risen by.
        TrainingWindow Saved(double saved) => Run([0.9, 0.5, 0.55, 0.62, 0.75, 0.75], (v, _) => v with { CalibratedLogLoss = v.LogLoss - saved });
        Assert.HasCount(1, Judge(Saved(0.0625), new() { Recovered = 0.25, PValue = 0.2 }).Findings);
        Assert.IsEmpty(Judge(Saved(0.0625), new() { Recovered = Math.BitIncrement(0.25), PValue = 0.2 }).Findings);
        Assert.HasCount(1, Judge(Run(Rising, (v, _) => v with { CalibrationPValue = 0.05 })).Findings);
        Assert.IsEmpty(Judge(Run(Rising, (v, _) => v with { CalibrationPValue = Math.BitIncrement(0.05) })).Findings);
    }

    [TestMethod]
    public void Options_are_heeded()
    {
        Assert.IsEmpty(Judge(Run(Rising), new() { Validations = 5 }).Findings);
        Assert.IsEmpty(Judge(Run(Rising), new() { PValue = 0.01 }).Findings);
        Assert.IsEmpty(Judge(Run(Rising), new() { LeastRise = 0.6 }).Findings);
        Assert.ThrowsExactly<ArgumentException>(() => Judge(Run(Rising), new() { TemperatureFloor = 0.5 }));
    }

    /// <summary>Validations with these losses, every other sign there.</summary>
    private static TrainingWindow Run(double[] losses, Func<ValidationRecord, int, ValidationRecord>? with = null) => WindowsOfRuns.WithValidations(losses.Select((loss, i) =>
    {
        var sound = new ValidationRecord
        {
            Loss = loss,
            LogLoss = loss,
            Accuracy = 0.82,
            Rows = 200,
            Classes = 3,
            InvalidRows = 0,
            CalibrationError = 0.02 + 0.02 * i,
            MeanConfidence = 0.95,
            MeanConfidenceOfWrong = 0.6 + 0.05 * i,
            Temperature = 2,
            CalibratedLogLoss = loss - 0.12,
            CalibrationPValue = 1e-5,
        };
        return with?.Invoke(sound, i) ?? sound;
    }));

    private static RuleTested Judge(TrainingWindow window, TrainingOverconfidenceOptions? options = null) => WindowsOfRuns.Judge(new Overconfidence(options), window);
}
