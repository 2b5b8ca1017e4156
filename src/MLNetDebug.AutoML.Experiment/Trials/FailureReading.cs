using System.Reflection;

namespace MLNetDebug.AutoML.Experiment;

/// <summary>Says what an exception of a trial means.</summary>
internal static class FailureReading
{
    /// <summary>The end of a trial that threw.</summary>
    /// <param name="error">What it threw.</param>
    /// <param name="asked">Why the trial was to end; null where it was not.</param>
    /// <param name="experiment">The token of the experiment's own end.</param>
    public static TrialEnd Read(Exception error, TrialEnd? asked, CancellationToken experiment)
    {
        var innermost = Unwrapped(error);
        if (innermost is TrialEndedException ended)
            return ended.End;
        var end = innermost switch
        {
            // The guard cancels a fit for the trial's reason; what a trainer throws because of it is no cause.
            _ when asked is not null => asked,
            _ when experiment.IsCancellationRequested => new TrialEnd(TrialOutcome.Cancelled, "The experiment ended."),
            DiagnosticException found => OfFindings(found),
            TimeoutException => new TrialEnd(TrialOutcome.OutOfTime, innermost.Message),
            OutOfMemoryException => new TrialEnd(TrialOutcome.OutOfMemory, "The process ran out of memory."),
            OperationCanceledException => new TrialEnd(TrialOutcome.Cancelled, $"It was cancelled: {Plain(innermost.Message)}"),
            _ => new TrialEnd(TrialOutcome.Failed, $"{innermost.GetType().Name}: {Plain(innermost.Message)}"),
        };
        return end with { Error = innermost };
    }

    /// <summary>What the worst finding says, in one line.</summary>
    public static string Sentence(DiagnosticReport report)
    {
        var worst = report.Unfolded.Concat(report.Findings).OrderByDescending(f => f.Severity).FirstOrDefault();
        return worst is null ? report.Title : $"{worst.Rule.Id} {worst.Rule.Name}: {worst.Message}";
    }

    private static TrialEnd OfFindings(DiagnosticException found)
    {
        var isDead = found.Report.Of(RuleIds.DeadModel).Any(f => f.Severity == Severity.Error);
        return new TrialEnd(isDead ? TrialOutcome.Dead : TrialOutcome.Failed, Sentence(found.Report)) { Report = found.Report };
    }

    private static Exception Unwrapped(Exception error)
    {
        while (error is AggregateException or TargetInvocationException && error.InnerException is { } inner)
            error = inner;
        return error;
    }

    private static string Plain(string text) => text.ReplaceLineEndings(" ");
}
