using MLNetDebug.Data;

namespace MLNetDebug.AutoML.Results;

/// <summary>A sweep's result in a few sentences.</summary>
internal static class SweepWords
{
    /// <summary>What runs say that are equal to the last bit, whatever their seed.</summary>
    public const string NoNoise = "its seeds change nothing, as where a trial does not use its seed or the metric is at its end, so that nothing can be said of noise";

    public static string Of(SweepResult result)
    {
        var search = result.Study.Trials.Where(t => t.Plan.Kind == TrialKind.Search).ToArray();
        int Count(TrialState state) => search.Count(t => t.State == state);
        var counts = $"{Words.Count(search.Length, "trial")}: {Words.Number(Count(TrialState.Completed))} whole, {Words.Number(Count(TrialState.Pruned))} pruned, {Words.Number(Count(TrialState.Failed))} failed.";
        return string.Join(' ', ((string[])[First(result), Second(result), Refused(result), Refit(result), counts, result.BatchSizeVerdict]).Where(s => s.Length > 0));
    }

    private static string First(SweepResult result)
    {
        if (result is { Best: { } best, Confirmed: { } confirmed })
            return $"Best: {result.At(best)}, {result.Metric.Name} {confirmed} over {Words.Count(confirmed.Count, "seed")} (trial {best.Plan.Number} of the search had {FormattableString.Invariant($"{best.Metric:0.####}")}).";
        if (result.Winner is { } winner)
            return FormattableString.Invariant($"Best: {result.At(winner.Trial)}, {result.Metric.Name} {winner.Runs.Average(r => r.Metric):0.####} with each of {Words.Count(winner.Runs.Count, "seed")}: {NoNoise}.");
        return result.CommonFailure is { } why ? $"No trial is crowned: the first all failed alike. {why}" : "No trial is crowned: none came through with every seed.";
    }

    private static string Second(SweepResult result) => result switch
    {
        { SecondBest: { } second, Lead: { } lead } when result.IsWithinNoise => $"The second, {result.At(second)}, is within noise of it: the lead is {lead}.",
        { SecondBest: { } second, Lead: { } lead } => $"It leads the second, {result.At(second)}, by {lead}.",
        { SecondBest: { } second } => $"Whether it leads the second, {result.At(second)}, beyond noise cannot be said: seeds change neither.",
        _ => "",
    };

    private static string Refit(SweepResult result) => result.RefitFailure is { } why ? $"It could not be trained again for its model: {why}." : "";

    private static string Refused(SweepResult result) => result.Refused.Count == 0 ? ""
        : $"{Words.Count(result.Refused.Count, "trial")} that stood higher did not come through with other seeds: {string.Join("; ", result.Refused.Take(Words.MaxNames).Select(result.At))}.";
}
