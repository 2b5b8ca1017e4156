using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Tests.Training.History;

/// <summary>Records with every member set, numbers that are hard to write among them, and their comparison member by member: lists in records compare by reference.</summary>
internal static class HistoryRecordSamples
{
    public static StepRecord Plain(long step, double loss = 0.5) => new() { Step = step, Loss = loss, GradientNorm = 1.25, LearningRate = 0.001 };

    public static StepRecord Full(long step) => new()
    {
        Step = step,
        Epoch = 3,
        Loss = double.NaN,
        Terms = [KeyValuePair.Create("data", double.PositiveInfinity), KeyValuePair.Create("penalty \"\u00fc\"\n", -0.0), KeyValuePair.Create("third", 1.0 / 3)],
        GradientNorm = double.NegativeInfinity,
        LearningRate = double.Epsilon,
        IsTaken = false,
        Parameters =
        [
            new("fc1.weight", double.MaxValue, 2.5, double.NaN) { Histogram = new(-1.5, 2.25, [0, 3, long.MaxValue], 1e300, double.PositiveInfinity) },
            new("\U0001F600.bias", 0, 0, 0.1 + 0.2),
        ],
    };

    public static EpochRecord Epoch(int epoch) => new()
    {
        Epoch = epoch,
        FirstStep = 1_000_000_000_000,
        Steps = 12,
        MeanLoss = Math.PI,
        Accuracy = 0.75,
        LearningRate = 1e-5,
        Validation = new()
        {
            Loss = double.NaN,
            Accuracy = 0.1,
            Rows = 11,
            Classes = 3,
            MajorityShare = 0.2,
            LabelEntropy = 0.3,
            LogLoss = double.PositiveInfinity,
            CalibrationError = 0.4,
            MeanConfidence = 0.5,
            MeanConfidenceOfWrong = 0.6,
            Temperature = 0.7,
            CalibratedLogLoss = 0.8,
            InvalidRows = 4,
            FirstInvalidRow = 5,
            NonFiniteRows = 6,
            MaxSumError = 0.9,
            Min = -0.25,
            Max = 1.5,
            RowSpread = 0.125,
        },
    };

    public static TrainingEvent Event(long step) => new(step, TrainingEventKind.RateLowered, "The rate was lowered to 0.001;\nit was \"0.003\".") { Epoch = 2, RuleId = RuleIds.LearningRateTooLarge };

    public static void AssertEqual(StepRecord expected, StepRecord actual)
    {
        Assert.AreEqual(expected with { Terms = [], Parameters = [] }, actual with { Terms = [], Parameters = [] });
        CollectionAssert.AreEqual(expected.Terms.ToArray(), actual.Terms.ToArray());
        Assert.HasCount(expected.Parameters.Count, actual.Parameters);
        foreach (var (a, b) in expected.Parameters.Zip(actual.Parameters))
        {
            Assert.AreEqual(a with { Histogram = null }, b with { Histogram = null });
            Assert.AreEqual(a.Histogram is null, b.Histogram is null);
            if (a.Histogram is not { } left || b.Histogram is not { } right)
                continue;
            Assert.AreEqual(left with { Counts = [] }, right with { Counts = [] });
            CollectionAssert.AreEqual(left.Counts.ToArray(), right.Counts.ToArray());
        }
    }
}
