using Microsoft.ML;
using MLNetDebug.Data;

namespace MLNetDebug.Predictions;

/// <summary>Profiles scored rows that it is given; no catalogue makes it.</summary>
internal sealed class PredictionProfileMeasurer(IDataView scored, PredictionColumns columns, LearningTask task, string name) : Measurer<PredictionProfile>
{
    /// <summary>Losses that the caller computed.</summary>
    public IReadOnlyList<LossValue> Losses { get; init; } = [];

    public PredictionProfile Profile(RunContext run)
    {
        var profiler = new PredictionProfiler(new PredictionProfilerOptions { MaxRows = run.MaxRows, TimeBudget = run.PassBudget });
        var profile = profiler.Profile(scored, columns, task, name, run.Progress, run.Cancellation);
        if (profile.EndedEarly)
            run.NotChecked(new Subject(SubjectKind.DataSet, name), $"the pass ended at its budget after {Words.Count(profile.Rows, "row")}; later rows were not seen");
        return profile with { Losses = [.. profile.Losses, .. Losses] };
    }

    protected override PredictionProfile? Measure(Measurements have, RunContext run) => Profile(run);
}
