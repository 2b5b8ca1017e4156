using MLNetDebug.Guards;
using MLNetDebug.Pipeline;

namespace MLNetDebug.AutoML.Experiment.Tests;

[TestClass]
public sealed class ExperimentOptionsChecksTests
{
    public static IEnumerable<object[]> Wrong =>
    [
        [new GuardedExperimentOptions { TrialBudget = TimeSpan.Zero }, nameof(GuardedExperimentOptions.TrialBudget)],
        [new GuardedExperimentOptions { TrialBudget = TimeSpan.FromDays(366) }, nameof(GuardedExperimentOptions.TrialBudget)],
        [new GuardedExperimentOptions { MaximumMemoryInMegabytes = 0.5 }, nameof(GuardedExperimentOptions.MaximumMemoryInMegabytes)],
        [new GuardedExperimentOptions { MaximumMemoryInMegabytes = double.NaN }, nameof(GuardedExperimentOptions.MaximumMemoryInMegabytes)],
        [new GuardedExperimentOptions { MemoryCheckInterval = TimeSpan.FromMilliseconds(9) }, nameof(GuardedExperimentOptions.MemoryCheckInterval)],
        [new GuardedExperimentOptions { GiveUpAfter = 0 }, nameof(GuardedExperimentOptions.GiveUpAfter)],
        [new GuardedExperimentOptions { Pruning = new PruningOptions { MinimumTrials = 0 } }, nameof(PruningOptions.MinimumTrials)],
        [new GuardedExperimentOptions { Pruning = new PruningOptions { WarmUp = -1 } }, nameof(PruningOptions.WarmUp)],
        [new GuardedExperimentOptions { Guard = null! }, nameof(GuardedExperimentOptions.Guard)],
        [new GuardedExperimentOptions { Guard = new GuardOptions { ScoredRows = 19 } }, nameof(GuardOptions.ScoredRows)],
        [new GuardedExperimentOptions { Guard = new GuardOptions { Diagnostics = new DiagnosticsOptions { Silence = ["MLD999"] } } }, "MLD999"],
    ];

    [TestMethod]
    public void Defaults_AreValid() => ExperimentOptionsChecks.ThrowIfInvalid(new GuardedExperimentOptions());

    [TestMethod]
    public void Boundaries_AreValid() => ExperimentOptionsChecks.ThrowIfInvalid(new GuardedExperimentOptions
    {
        TrialBudget = TimeSpan.FromMilliseconds(1),
        MaximumMemoryInMegabytes = 1,
        MemoryCheckInterval = TimeSpan.FromMilliseconds(10),
        GiveUpAfter = 1,
        Pruning = new PruningOptions { MinimumTrials = 1, WarmUp = 0 },
    });

    [TestMethod]
    [DynamicData(nameof(Wrong))]
    public void Wrong_IsNamed(object options, string name)
    {
        var e = Assert.ThrowsExactly<ArgumentException>(() => ExperimentOptionsChecks.ThrowIfInvalid((GuardedExperimentOptions)options));
        Assert.Contains(name, e.Message);
    }

    [TestMethod]
    public void AllErrors_StandInOneMessage()
    {
        var options = new GuardedExperimentOptions
        {
            TrialBudget = TimeSpan.Zero,
            GiveUpAfter = -1,
            Pruning = new PruningOptions { MinimumTrials = 0 },
            Guard = new GuardOptions { ScoredRows = 1 },
        };
        var e = Assert.ThrowsExactly<ArgumentException>(() => ExperimentOptionsChecks.ThrowIfInvalid(options));
        foreach (var name in new[] { "TrialBudget", "GiveUpAfter", "MinimumTrials", "ScoredRows" })
            Assert.Contains(name, e.Message);
        Assert.AreEqual(1, e.Message.Split("Invalid options").Length - 1, e.Message);
    }
}
