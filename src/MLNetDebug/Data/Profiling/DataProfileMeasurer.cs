namespace MLNetDebug.Data;

/// <summary>Profiles the training data.</summary>
internal sealed class DataProfileMeasurer : Measurer<DataProfile>
{
    internal static DataProfiler ProfilerFor(RunContext run) => new(new DataProfilerOptions { MaxRows = run.MaxRows, TimeBudget = Within(run.PassBudget) });

    // What the user set was checked under its own name: the profiler's narrower range is none of his concern.
    private static TimeSpan? Within(TimeSpan? budget) =>
        budget is { } given ? TimeSpan.FromMilliseconds(Math.Clamp(given.TotalMilliseconds, 1, TimeSpan.FromDays(1).TotalMilliseconds)) : null;

    protected override DataProfile? Measure(Measurements have, RunContext run) => have.Get<DataInputs>() is { } inputs ? ProfileOf(inputs, run) : null;

    /// <summary>Profiles the training data, and says what was not seen.</summary>
    public static DataProfile ProfileOf(DataInputs inputs, RunContext run)
    {
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
        var (declaration, absent) = DeclarationFit.To(test.Schema, inputs.Declaration);
        if (declaration.Features.Count == 0 && inputs.Declaration.Features.Count > 0)
            throw new ArgumentException($"The {inputs.TestName} has none of the features of the {inputs.TrainName} ({MendCode.Quoted(inputs.Declaration.Features)}); columns are {MendCode.Quoted([.. test.Schema.Where(c => !c.IsHidden).Select(c => c.Name)])}.");
        var profile = DataProfileMeasurer.ProfilerFor(run).Profile(test, declaration, inputs.TestName, run.Progress, run.Cancellation);
        Unanswered.Note(profile, run);
        foreach (var column in absent)
            run.NotChecked(Subject.Column(column), $"the {inputs.TestName} has no such column, so it is not compared");
        // Rows with other columns have other fingerprints: that none are equal would say nothing.
        var sameRows = declaration.Features.Count == inputs.Declaration.Features.Count;
        return new HoldOutProfile(sameRows ? profile : profile with { Fingerprints = null });
    }
}
