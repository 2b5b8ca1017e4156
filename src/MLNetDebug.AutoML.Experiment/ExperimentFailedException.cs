using MLNetDebug.Data;

namespace MLNetDebug.AutoML.Experiment;

/// <summary>Thrown out of an experiment's <c>RunAsync</c> when every trial failed: there is no model, and this is why.</summary>
public sealed class ExperimentFailedException : Exception
{
    private const int MaxReasons = 5;

    /// <summary>Creates the exception.</summary>
    /// <param name="trials">All trials, at least one.</param>
    /// <param name="advice">What to do, in a sentence; null where the reasons say it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="trials"/> is null.</exception>
    public ExperimentFailedException(IReadOnlyList<TrialReport> trials, string? advice = null)
        : base(MessageOf(trials, advice)) => Trials = trials;

    /// <summary>All trials, in their order.</summary>
    public IReadOnlyList<TrialReport> Trials { get; }

    private static string MessageOf(IReadOnlyList<TrialReport> trials, string? advice)
    {
        ArgumentNullException.ThrowIfNull(trials);
        // Numbers differ from trial to trial where the cause is one: the first words of a reason, without numbers, tell causes apart.
        var reasons = trials.GroupBy(t => (t.Outcome, Cause: Start(t.Reason))).OrderByDescending(g => g.Count()).ToArray();
        var lines = reasons.Take(MaxReasons).Select(g => $"  {Words.Count(g.Count(), "trial")} {g.Key.Outcome}, first trial {g.First().TrialId} with {g.First().Parameters}: {g.First().Reason}");
        var more = reasons.Length > MaxReasons ? $"{Environment.NewLine}  and {reasons.Length - MaxReasons} further reasons; see {nameof(Trials)}." : string.Empty;
        return $"{(trials.Count == 1 ? "The one trial" : $"All {Words.Number(trials.Count)} trials")} failed, so there is no model."
            + $"{Environment.NewLine}{string.Join(Environment.NewLine, lines)}{more}{(advice is null ? string.Empty : Environment.NewLine + advice)}";
    }

    private static string Start(string? reason) => string.Concat((reason ?? string.Empty).Where(c => !char.IsDigit(c)).Take(40));
}
