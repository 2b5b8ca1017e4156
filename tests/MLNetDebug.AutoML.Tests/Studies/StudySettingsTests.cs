using System.Text.Json;
using MLNetDebug.AutoML.Results;
using MLNetDebug.AutoML.Studies;

namespace MLNetDebug.AutoML.Tests.Studies;

[TestClass]
public sealed class StudySettingsTests
{
    private static readonly SweepOptions Default = new() { Metric = SweepMetric.Accuracy, Space = new() { Options = [new NumberOption("a", 0, 1), new ChoiceOption("b", ["x", "y"])] } };

    /// <summary>What a trial's result depends on.</summary>
    private static readonly Func<SweepOptions, SweepOptions>[] Changes =
    [
        o => o with { Metric = SweepMetric.Loss },
        o => o with { Metric = new("accuracy", false) },
        o => o with { Seed = 2 },
        o => o with { Epochs = 21 },
        o => o with { LeastEpochs = 2 },
        o => o with { Reduction = 4 },
        o => o with { Repeats = 6 },
        o => o with { Baseline = 0.1 },
        o => o with { Probe = new NoProbe() },
        o => o with { CompareBatchSizes = false },
        o => o with { Space = o.Space with { LearningRate = null } },
        o => o with { Space = o.Space with { LearningRate = new(1e-5, 9) } },
        o => o with { Space = o.Space with { BatchSizes = [16, 32, 64, 128, 256] } },
        o => o with { Space = o.Space with { Options = [o.Space.Options[0]] } },
        o => o with { Space = o.Space with { Options = [new NumberOption("a", 0, 1, true), o.Space.Options[1]] } },
        o => o with { Space = o.Space with { Options = [new WholeNumberOption("a", 0, 1), o.Space.Options[1]] } },
        o => o with { Space = o.Space with { Options = [o.Space.Options[0], new ChoiceOption("b", ["y", "x"])] } },
        o => o with { Space = o.Space with { Options = [.. o.Space.Options.Reverse()] } },
    ];

    [TestMethod]
    public void Of_IsTheSameForTheSame_AndJson()
    {
        Assert.AreEqual(StudySettings.Of(Default), StudySettings.Of(Default with { Space = Default.Space with { Options = [new NumberOption("a", 0, 1), new ChoiceOption("b", ["x", "y"])] } }));
        using var json = JsonDocument.Parse(StudySettings.Of(Default));
        Assert.AreEqual("accuracy", json.RootElement.GetProperty("metric").GetString());
    }

    [TestMethod]
    public void Of_IsTheTextThatStudiesWereBegunWith()
    {
        // A study goes on under a later version: what is stored is compared as it stands.
        var options = new SweepOptions { Metric = SweepMetric.Accuracy, Space = new() { Options = [new ChoiceOption("kind", ["L1+L2", "gro\u00DF", "a<b", "c\"d"]), new WholeNumberOption("layers", 1, 4)] } };
        Assert.AreEqual("""
            {"metric":"accuracy","isHigherBetter":true,"seed":1,"epochs":20,"leastEpochs":0,"reduction":3,"repeats":5,"rangeTests":false,"compareBatchSizes":true,"learningRate":[1E-05,10],"batchSizes":[16,32,64,128,256,512],"options":{"kind":"[\u0022L1\\u002BL2\u0022,\u0022gro\\u00DF\u0022,\u0022a\\u003Cb\u0022,\u0022c\\u0022d\u0022]","layers":"1 to 4, whole"}}
            """, StudySettings.Of(options));
    }

    [TestMethod]
    public void Of_ChangesWithAllThatTrialsDependOn()
    {
        string[] all = [StudySettings.Of(Default), .. Changes.Select(c => StudySettings.Of(c(Default)))];
        Assert.HasCount(all.Length, all.Distinct().ToArray(), string.Join('\n', all.GroupBy(s => s).Where(g => g.Count() > 1).Select(g => g.Key)));
    }

    [TestMethod]
    public void Of_DoesNotChangeWithWhatTrialsDoNotDependOn() => Assert.AreEqual(
        StudySettings.Of(Default),
        StudySettings.Of(Default with { Budget = new() { Trials = 99 }, Worker = "w", Study = "s", Refit = false, Heartbeat = TimeSpan.FromSeconds(1), MaxAttempts = 9, RuleOptions = [new BatchSizeEffectOptions()] }));

    [TestMethod]
    public void Of_TakesABaselineThatDiffersInItsLastBitsForTheSame()
    {
        Assert.AreEqual(StudySettings.Of(Default with { Baseline = 0.1 + 0.2 }), StudySettings.Of(Default with { Baseline = 0.3 }));
        Assert.AreNotEqual(StudySettings.Of(Default with { Baseline = 0.3 }), StudySettings.Of(Default with { Baseline = 0.3000001 }));
        foreach (var far in new[] { 1e-300, -1e300, 0 })
            StudySettings.Of(Default with { Baseline = far });
    }

    private sealed class NoProbe : ILearningRateProbe
    {
        public LearningRateBracket Probe(LearningRateProbeRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
