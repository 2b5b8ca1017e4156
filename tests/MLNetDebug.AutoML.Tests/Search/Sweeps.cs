namespace MLNetDebug.AutoML.Tests.Search;

/// <summary>What the tests on whole sweeps have in common.</summary>
internal static class Sweeps
{
    public static SweepOptions Options(IStudyStore store, int seed = 1) => new()
    {
        Metric = SweepMetric.Accuracy,
        Budget = new() { Trials = 25 },
        Repeats = 3,
        Store = store,
        Study = "s",
        Seed = seed,
    };
}
