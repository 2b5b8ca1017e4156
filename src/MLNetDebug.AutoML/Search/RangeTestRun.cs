namespace MLNetDebug.AutoML.Search;

/// <summary>Runs a range test that a worker has a claim to. One that fails narrows nothing.</summary>
internal static class RangeTestRun
{
    // A test begins so much below where that of the nearest batch size showed the loss to fall, and ends so much above where it diverged: rates shift with the batch by its ratio at most.
    private const double Beyond = 10;

    public static async Task RunAsync(TrialClaim claim, SweepOptions options, IStudyStore store, CancellationToken cancellationToken)
    {
        using var beats = new Timer(_ => Beat(store, claim), null, options.Heartbeat, options.Heartbeat);
        var span = options.Space.LearningRate!;
        var nearest = KnownBrackets.Nearest(store.Read(claim.Study).Trials, claim.Plan.Parameters.BatchSize);
        var (low, high) = (nearest?.Moves / Beyond ?? double.NaN, nearest?.DivergesHigh * Beyond ?? double.NaN);
        var request = new LearningRateProbeRequest(
            claim.Plan.Parameters, low > span.Low ? Math.Min(low, span.High) : span.Low, high < span.High ? Math.Max(high, span.Low) : span.High, claim.Plan.Seed);
        if (request.Low >= request.High)
            request = request with { Low = span.Low, High = span.High };
        store.Finish(claim, await Task.Run(() => EndOf(options.Probe!, request, cancellationToken), cancellationToken).ConfigureAwait(false));
    }

    private static TrialEnd EndOf(ILearningRateProbe probe, LearningRateProbeRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var bracket = probe.Probe(request, cancellationToken);
            return new TrialEnd(TrialState.Completed) { Bracket = bracket, Steps = bracket.Steps };
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The sweep was cancelled.", cancellationToken);
        }
        catch (Exception e)
        {
            return new TrialEnd(TrialState.Failed) { Reason = $"{e.GetType().Name}: {e.Message}" };
        }
    }

    private static void Beat(IStudyStore store, TrialClaim claim)
    {
        try
        {
            store.Beat(claim);
        }
        catch (Exception)
        {
            // A beat may miss.
        }
    }
}
