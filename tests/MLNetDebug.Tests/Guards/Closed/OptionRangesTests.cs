using MLNetDebug.Guards;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Tests.Guards.Closed;

[TestClass]
public sealed class OptionRangesTests
{
    [TestMethod]
    [DataRow(0, 1, false, false, "[0, 1]")]
    [DataRow(0, 1, true, false, "(0, 1]")]
    [DataRow(0, 1, false, true, "[0, 1)")]
    [DataRow(1, 1000, true, true, "(1, 1,000)")]
    public void A_range_holds_what_its_text_says(double min, double max, bool excludesMin, bool excludesMax, string text)
    {
        var range = new OptionRange("x", min, max, "") { ExcludesMin = excludesMin, ExcludesMax = excludesMax };
        Assert.AreEqual(text, range.Text);
        Assert.AreEqual(!excludesMin, range.Holds(min));
        Assert.AreEqual(!excludesMax, range.Holds(max));
        Assert.IsTrue(range.Holds((min + max) / 2));
        foreach (var outside in new[] { Math.BitDecrement(min), Math.BitIncrement(max), double.NaN, double.NegativeInfinity, double.PositiveInfinity })
            Assert.IsFalse(range.Holds(outside), $"{outside}");
    }

    [TestMethod]
    public void No_option_may_be_infinite_or_no_number()
    {
        foreach (var kind in Enum.GetValues<ClosedTrainerKind>())
        {
            var ranges = OptionRanges.Of(kind);
            Assert.HasCount(ranges.Count, ranges.Select(r => r.Option).Distinct().ToArray());
            foreach (var range in ranges)
            {
                Assert.IsFalse(range.Holds(double.PositiveInfinity) || range.Holds(double.NaN) || range.Holds(-1e-9), $"{kind}.{range.Option}");
                Assert.IsGreaterThan(5, range.Otherwise.Length);
            }
        }
    }

    [TestMethod]
    // What Microsoft.ML.TorchSharp's options are by default.
    [DataRow(ClosedTrainerNames.Text, "BatchSize=32 MaxEpoch=10 LearningRate=0.0001 WeightDecay=0 ClipNorm=5 WarmupRatio=0.06 Dropout=0.1 AdamEps=1e-8")]
    [DataRow(ClosedTrainerNames.Answer, "BatchSize=4 MaxEpoch=100 LearningRate=0.000001 TopKAnswers=3")]
    [DataRow(ClosedTrainerNames.Boxes, "MaxEpoch=10 InitLearningRate=1 WeightDecay=0 IOUThreshold=0.5 ScoreThreshold=0.5 LogEveryNStep=50")]
    public void Defaults_are_inside(string kind, string defaults)
    {
        var ranges = OptionRanges.Of(Enum.Parse<ClosedTrainerKind>(kind));
        foreach (var (option, value) in defaults.Split(' ').Select(d => d.Split('=')).Select(d => (d[0], double.Parse(d[1]))))
            Assert.IsTrue(ranges.Single(r => r.Option == option).Holds(value), option);
    }

    [TestMethod]
    [DataRow(ClosedTrainerNames.Text, "BatchSize", 0, 1)]
    [DataRow(ClosedTrainerNames.Text, "MaxEpoch", 0, 1)]
    [DataRow(ClosedTrainerNames.Text, "LearningRate", 0, 1)]
    [DataRow(ClosedTrainerNames.Text, "LearningRate", 1.01, 1)]
    [DataRow(ClosedTrainerNames.Text, "WarmupRatio", 1, 0)]
    [DataRow(ClosedTrainerNames.Text, "Dropout", 1, 0)]
    [DataRow(ClosedTrainerNames.Answer, "TopKAnswers", 0, 1)]
    [DataRow(ClosedTrainerNames.Boxes, "InitLearningRate", 101, 100)]
    [DataRow(ClosedTrainerNames.Boxes, "LogEveryNStep", 0, 1)]
    public void Values_that_break_a_trainer_are_outside(string kind, string option, double outside, double inside)
    {
        var range = OptionRanges.Of(Enum.Parse<ClosedTrainerKind>(kind)).Single(r => r.Option == option);
        Assert.IsFalse(range.Holds(outside));
        Assert.IsTrue(range.Holds(inside));
    }

    private static class ClosedTrainerNames
    {
        public const string Text = nameof(ClosedTrainerKind.TextClassification);
        public const string Answer = nameof(ClosedTrainerKind.QuestionAnswer);
        public const string Boxes = nameof(ClosedTrainerKind.ObjectDetection);
    }
}
