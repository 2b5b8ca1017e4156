using MLNetDebug.Torch.Networks;
using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Tests.Training.Rules;

/// <summary>What no run should hand over, and every rule must bear without a word: numbers that are none, tables that are empty.</summary>
[TestClass]
public sealed class BadInputTests
{
    private static readonly IReadOnlyList<Rule<TrainingWindow>> Rules = [.. RuleCatalog.Create(typeof(NetworkCheck).Assembly).OfType<Rule<TrainingWindow>>()];

    private static readonly Dictionary<string, TrainingWindow> Windows = new()
    {
        ["before the first step"] = new TrainingWindow { Network = "", Step = -1, Loss = new() },
        ["nothing but steps"] = WindowsOfRuns.Empty,
        ["all NaN"] = Everywhere(double.NaN),
        ["all infinite"] = Everywhere(double.PositiveInfinity),
        // Of a loss that is not finite a run keeps NaN.
        ["all minus infinity"] = Everywhere(double.NegativeInfinity) with { Loss = Everywhere(double.NaN).Loss },
        ["NaN, no epochs"] = Everywhere(double.NaN) with { Epochs = [] },
        ["NaN, no output and no batches"] = Everywhere(double.NaN) with { Output = null, Batches = new() },
        ["NaN behind an action"] = Everywhere(double.NaN) with { LastActionStep = 250 },
        ["an action at the last step"] = Courses.Of(Courses.Falling(300, 2.3, 2.3), update: 2, gradients: [400, 1e-7, 1]) with { LastActionStep = 299 },
        ["epochs without a validation"] = Courses.Of(Courses.Falling(300, 2.3, 0.5)) with { Epochs = [new() { Epoch = 0 }, new() { Epoch = 1 }] },
        ["parameters of which nothing is known"] = Courses.Of(Courses.Falling(300, 2.3, 0.5)) with { Parameters = [new() { Name = "a", Module = "", ModuleType = "", Shape = [] }, new() { Name = "b", Module = "", ModuleType = "", Shape = [0, 4] }] },
    };

    public static IEnumerable<object[]> Names => Windows.Keys.Select(name => new object[] { name });

    [TestMethod]
    public void There_are_rules() => Assert.IsGreaterThanOrEqualTo(15, Rules.Count);

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void No_rule_warns_or_throws(string of)
    {
        var window = Windows[of];
        foreach (var rule in Rules)
        {
            foreach (var seen in new[] { window, window with { IsBeforeUpdate = true }, window with { IsEpochEnd = true } })
                Assert.IsEmpty(WindowsOfRuns.Judge(rule, seen).Findings.Where(f => f.Severity > Severity.Info), $"{rule.Descriptor.Id} of {of}");
        }
    }

    /// <summary>A run of three hundred steps and five epochs whose every measured number is the same.</summary>
    private static TrainingWindow Everywhere(double value)
    {
        double[] values = [.. Enumerable.Repeat(value, 256)];
        var window = Courses.Of([.. values, .. values[..44]], update: value, constant: value, growth: value, gradients: [value, value, value]);
        return window with
        {
            Output = new() { Samples = 30, Rows = 32, Width = 10, Min = value, Max = value, RowSpread = Math.Abs(value), MedianMargin = value, ZeroLossShare = value },
            Batches = new() { Sizes = WindowsOfRuns.Counts((32, 300)), HasClassLabels = true, ClassCounts = WindowsOfRuns.Counts((0, 100), (1, 100)), Labelled = 300, LabelledSizes = WindowsOfRuns.Counts((32, 300)), LabelRunsZ = value, LabelRunsRows = 300, BatchesPerEpoch = 60 },
            Epochs = [.. Enumerable.Range(0, 5).Select(i => new EpochRecord
            {
                Epoch = i,
                Steps = 60,
                Validation = new()
                {
                    Loss = value,
                    Accuracy = value,
                    Rows = 400,
                    Classes = 10,
                    MajorityShare = value,
                    LabelEntropy = value,
                    LogLoss = value,
                    CalibrationError = value,
                    MeanConfidence = value,
                    MeanConfidenceOfWrong = value,
                    Temperature = value,
                    CalibratedLogLoss = value,
                    CalibrationPValue = value,
                    InvalidRows = 0,
                    NonFiniteRows = 0,
                    Min = value,
                    Max = value,
                    RowSpread = Math.Abs(value),
                    MaxSumError = value,
                },
            })],
        };
    }
}
