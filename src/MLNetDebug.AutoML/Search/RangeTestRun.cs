namespace MLNetDebug.AutoML.Search;

/// <summary>Runs a range test that a worker has a claim to. One that fails narrows nothing.</summary>
internal static class RangeTestRun
{
    // A test begins so much below where that of the nearest batch size showed the loss to fall, and ends so much above where it diverged: rates shift with the batch by its ratio at most.
    private const double Beyond = 10;

    /// <summary>Runs it.</summary>
    /// <exception cref="OperationCanceledException">The sweep was cancelled; the test is given back, as it is where the store fails.</exception>
    public static async Task RunAsync(TrialClaim claim, SweepOptions options, IStudyStore store, CancellationToken cancellationToken)
    {
        var hold = new TrialHold(claim, options.Heartbeat, store, cancellationToken);
        try
        {
            TrialEnd end;
            await using (hold.ConfigureAwait(false))
            {
                var request = RequestOf(claim, options.Space.LearningRate!, store);
                end = await Task.Run(() => EndOf(options.Probe!, request, hold.Token, cancellationToken), cancellationToken).ConfigureAwait(false);
            }

            if (!hold.IsLost)
                store.Finish(claim, end);
        }
        catch
        {
            hold.GiveBack();
            throw;
        }
    }

    private static LearningRateProbeRequest RequestOf(TrialClaim claim, LearningRateSpan span, IStudyStore store)
    {
        var nearest = KnownBrackets.Nearest(store.Read(claim.Study).Trials, claim.Plan.Parameters.BatchSize);
        var (low, high) = (nearest?.Moves / Beyond ?? double.NaN, nearest?.DivergesHigh * Beyond ?? double.NaN);
        var request = new LearningRateProbeRequest(
            claim.Plan.Parameters, low > span.Low ? Math.Min(low, span.High) : span.Low, high < span.High ? Math.Max(high, span.Low) : span.High, claim.Plan.Seed);
        return request.Low < request.High ? request : request with { Low = span.Low, High = span.High };
    }

    private static TrialEnd EndOf(ILearningRateProbe probe, LearningRateProbeRequest request, CancellationToken token, CancellationToken sweep)
    {
        try
        {
            var bracket = probe.Probe(request, token) ?? throw new InvalidOperationException("The probe gave no bracket.");
            // A probe may take its end for the test's: what it had by then is no whole test.
            sweep.ThrowIfCancellationRequested();
            return bracket is { Rates: not null, Losses: not null }
                ? new TrialEnd(TrialState.Completed) { Bracket = bracket, Steps = bracket.Steps }
                : throw new InvalidOperationException("The probe's bracket has no list of rates, or none of losses: both are expected, empty where there is no curve.");
        }
        catch (Exception) when (sweep.IsCancellationRequested)
        {
            throw TrialEnds.Cancelled(sweep);
        }
        catch (Exception e)
        {
            return TrialEnds.NoBracket(e);
        }
    }
}
