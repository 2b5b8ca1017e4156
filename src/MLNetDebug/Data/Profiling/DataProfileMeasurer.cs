namespace MLNetDebug.Data;

/// <summary>Profiles the training data.</summary>
internal sealed class DataProfileMeasurer : Measurer<DataProfile>
{
    internal static DataProfiler ProfilerFor(RunContext run) => new(new DataProfilerOptions { MaxRows = run.MaxRows, TimeBudget = run.PassBudget });

    protected override DataProfile? Measure(Measurements have, RunContext run)
    {
        if (have.Get<DataInputs>() is not { } inputs)
            return null;
        var profile = ProfilerFor(run).Profile(inputs.Train, inputs.Declaration, inputs.TrainName, run.Progress, run.Cancellation);
        Unanswered.Note(profile, run);
        return profile;
    }
}

/// <summary>Profiles the hold-out data; nothing where there is none.</summary>
internal sealed class HoldOutProfileMeasurer : Measurer<HoldOutProfile>
{
    protected override HoldOutProfile? Measure(Measurements have, RunContext run)
    {
        if (have.Get<DataInputs>() is not { Test: { } test } inputs)
            return null;
        var profile = DataProfileMeasurer.ProfilerFor(run).Profile(test, inputs.Declaration, inputs.TestName, run.Progress, run.Cancellation);
        Unanswered.Note(profile, run);
        return new HoldOutProfile(profile);
    }
}
