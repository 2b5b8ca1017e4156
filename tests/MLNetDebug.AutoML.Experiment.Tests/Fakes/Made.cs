using Microsoft.ML;
using Microsoft.ML.AutoML;

namespace MLNetDebug.AutoML.Experiment.Tests;

/// <summary>Trials, results and runners as tests want them.</summary>
internal static class Made
{
    public static TrialSettings Trial(int id = 0) => new() { TrialId = id };

    public static TrialResult Result(double loss, double? metric = null, ITransformer? model = null, int id = 0) =>
        new() { TrialSettings = Trial(id), Loss = loss, Metric = metric ?? loss, Model = model, DurationInMilliseconds = 5 };

    public static AutoMLExperiment.AutoMLExperimentSettings Settings(int maxModels = 100) => new() { MaxModels = maxModels };

    public static (ExperimentGuard Guard, GuardedTrialRunner Runner) Runner(ITrialRunner inner, GuardedExperimentOptions? options = null, params object[] services)
    {
        var guard = new ExperimentGuard(options ?? new GuardedExperimentOptions());
        return (guard, guard.RunnerOf(new FakeServices(services), _ => (() => inner, false)));
    }
}
