using Microsoft.ML;
using MLNetDebug.AutoML.Pipelines;

namespace MLNetDebug.AutoML.Tests.Pipelines;

[TestClass]
public sealed class UnreadParametersTests
{
    private static readonly SweepOptions Options = new() { Metric = new("MicroAccuracy", true) };

    private static readonly SweepOptions Rates = Options with { Space = new() { BatchSizes = [] } };

    private static readonly SweepOptions Sizes = Options with { Space = new() { LearningRate = null } };

    private static void Check(SweepOptions options, Action<TrialContext> asks) => UnreadParameters.ThrowIfAny(
        trial =>
        {
            asks(trial);
            return null!;
        },
        options);

    private static string Message(SweepOptions options, Action<TrialContext> asks) => Assert.Throws<ArgumentException>(() => Check(options, asks)).Message;

    [TestMethod]
    public void BatchSize_ThatIsSearchedAndNotAskedFor_IsASentence()
    {
        StringAssert.Contains(Message(Options, t => _ = t.LearningRate), "Space = new() { BatchSizes = [] }");
        Assert.DoesNotContain("LearningRate = null", Message(Options, t => _ = t.LearningRate));
        Check(Rates, t => _ = t.LearningRate);
        Check(Options with { Space = new() { BatchSizes = [32] } }, t => _ = t.LearningRate);
    }

    [TestMethod]
    public void Rate_ThatIsSearchedAndNotAskedFor_IsASentence()
    {
        StringAssert.Contains(Message(Options, t => _ = t.BatchSize), "Space = new() { LearningRate = null }");
        Check(Sizes, t => _ = t.BatchSize);
        Check(Options with { Space = new() { LearningRate = new(0.1, 0.1) } }, t => _ = t.BatchSize);
    }

    [TestMethod]
    public void Parameters_AskedForAsAWhole_AreAskedFor()
    {
        Check(Options, t => _ = t.Parameters);
        Check(Options, t => _ = t.Plan);
        StringAssert.Contains(Message(Options, t => _ = (t.Seed, t.Epochs)), "never asks for its batch size");
    }

    [TestMethod]
    public void Choice_MayDecideWhatIsAskedFor() =>
        Check(Options with { Space = new() { Options = [new ChoiceOption("trainer", ["sgd", "trees"])] } }, _ => { });

    [TestMethod]
    public void Pipeline_ThatThrows_IsLeftToTheTrials() => Check(Options, _ => throw new InvalidOperationException("no"));
}
