using Microsoft.ML.Runtime;

namespace MLNetDebug.AutoML.Experiment;

/// <summary>Lets an experiment begin only with a search space that can be sampled, and tells of its traps.</summary>
internal static class SpaceGate
{
    /// <summary>Checks the space of a run.</summary>
    /// <returns>The traps.</returns>
    /// <exception cref="ArgumentException">Sampling is wrong; all errors stand in one message.</exception>
    public static IReadOnlyList<SearchSpaceIssue> Check(ExperimentRun run, IProgress<SearchSpaceIssue>? listener)
    {
        if (run.Settings?.SearchSpace is not { } searchSpace)
            return [];
        SpaceOption[] space = [.. SpaceReader.Read(searchSpace)];
        // Tuners are made of the search space, and some of them sample it while they are made.
        ThrowIfFatal(SpaceChecks.Judge(space, TunerKind.Other));
        var issues = SpaceChecks.Judge(space, run.Tuner);
        ThrowIfFatal(issues);
        foreach (var issue in issues)
        {
            run.Log?.Warning(MessageSensitivity.UserData, $"Search space: {issue}");
            listener?.Report(issue);
        }

        return issues;
    }

    private static void ThrowIfFatal(IReadOnlyList<SearchSpaceIssue> issues)
    {
        if (issues.Where(i => i.IsFatal).ToArray() is { Length: > 0 } fatal)
            throw new ArgumentException($"The search space cannot be sampled as it stands.{Environment.NewLine}{string.Join(Environment.NewLine, fatal.Select(i => $"  {i}"))}");
    }
}
