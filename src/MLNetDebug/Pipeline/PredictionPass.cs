using Microsoft.ML;
using MLNetDebug.Data;
using MLNetDebug.Predictions;

namespace MLNetDebug.Pipeline;

/// <summary>One pass over scored rows under a run's budget.</summary>
internal static class PredictionPass
{
    /// <summary>Profiles, and says where a budget ended the pass.</summary>
    public static PredictionProfile Profile(IDataView scored, PredictionColumns columns, LearningTask task, string name, RunContext run)
    {
        var profiler = new PredictionProfiler(new PredictionProfilerOptions { MaxRows = run.MaxRows, TimeBudget = run.PassBudget });
        var profile = profiler.Profile(scored, columns, task, name, run.Progress, run.Cancellation);
        if (profile.EndedEarly)
            run.NotChecked(new Subject(SubjectKind.DataSet, name), $"the pass ended at its budget after {Words.Count(profile.Rows, "row")}; later rows were not seen");
        return profile;
    }
}
