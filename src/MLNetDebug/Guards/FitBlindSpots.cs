using MLNetDebug.Data;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Guards;

/// <summary>What could not be observed of a fit on this version, each with its reason.</summary>
internal sealed class FitBlindSpots(string trainer, IReadOnlyList<TrainerHost> hosts, ClosedTrainer? closed, FitMonitor monitor)
{
    /// <summary>The sentences; empty where everything was seen.</summary>
    /// <param name="probe">What looked into a network while it trained; null where nothing did.</param>
    /// <param name="unseen">Why nothing did; null where something did, or there is no network.</param>
    public IEnumerable<string> Of(LiveProbe? probe, string? unseen)
    {
        var missing = hosts.SelectMany(h => h.Missing).Distinct().ToArray();
        if (missing.Length > 0)
            yield return $"this version of ML.NET has no {Words.Names(missing)}: what {trainer} logs and reports, and the end of loops that read no rows, could not be observed";
        if (hosts.Count == 0)
            yield return $"{trainer} keeps no host: what it logs and reports could not be observed";
        if (unseen is not null || (closed is not null && probe?.HasSeen != true && monitor.Passes > 1))
            yield return $"losses, gradients and weights while {trainer} ran: {unseen ?? "the object that trains was not found in this version"}";
        else if (closed?.Kind == ClosedTrainerKind.NamedEntityRecognition)
            yield return "the loss of NerTrainer: it fits labels to tokens inside; gradients and weights were watched";
        if (GracefulTrainers.CannotBeReached(trainer) && monitor.Passes <= 1)
            yield return $"{trainer} loads its rows first and asks nobody while it learns: a cancellation or a time budget takes effect when it has ended";
    }
}
