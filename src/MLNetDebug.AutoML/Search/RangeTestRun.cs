namespace MLNetDebug.AutoML.Search;

/// <summary>Runs a range test that a worker has a claim to. One that fails narrows nothing.</summary>
internal static class RangeTestRun
{
    // A test begins so much below where a test of another batch size showed the loss to fall, and ends so much above where it climbed: rates shift with the batch by its ratio at most.
    private const double Beyond = 100;

    public static async Task RunAsync(TrialClaim claim, SweepOptions options, IStudyStore store, CancellationToken cancellationToken)
    {
        using var beats = new Timer(_ => Beat(store, claim), null, options.Heartbeat, options.Heartbeat);
        var span = options.Space.LearningRate!;
        var known = Schedule.Brackets(store.Read(claim.Study).Trials).Values.ToArray();
        var low = known.Select(b => b.Moves).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min() / Beyond;
        var high = known.Select(b => b.DivergesHigh).DefaultIfEmpty(double.NaN).Max() * Beyond;
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
