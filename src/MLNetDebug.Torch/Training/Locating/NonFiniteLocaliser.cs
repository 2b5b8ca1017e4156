using System.Runtime.InteropServices;
using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Locating;

/// <summary>
/// Says where the first number of a step that is not finite was made. It asks in this order: the batch, the parameters and buffers, the forward pass, the backward pass; and it believes an answer
/// only where the replay is finite without what it blames. Everything is put back to the bit.
/// </summary>
internal static class NonFiniteLocaliser
{
    /// <summary>Is to be called before the step is taken, or after an update that spoiled a parameter.</summary>
    /// <param name="replay">The step.</param>
    /// <param name="step">Its number.</param>
    /// <param name="seen">What was seen to be not finite first.</param>
    public static NonFiniteIncident Locate(StepReplay replay, long step, string seen)
    {
        using var scope = NewDisposeScope();
        var blank = new NonFiniteIncident { Step = step, Seen = seen, Direction = NonFiniteDirection.Unknown };
        var known = new StepFacts(replay, blank);
        // The parameters have moved: the step cannot be run again.
        if (known.Update() is { } update)
            return update;
        if (replay.Loss is null)
            return known.Judge();
        using var replayer = new Replayer(replay);
        blank = blank with { IsReplayed = true };
        try
        {
            using var first = replayer.Run();
            var found = first.Thrown is not null || first.Trace.Fault is not null ? null
                : first.IsLossBad ? new ForwardLocaliser(replayer, blank with { IsReproduced = !replay.IsLossFinite }).Locate(first)
                : replay.IsLossFinite ? new BackwardLocaliser(replayer, blank with { IsReproduced = true }).Locate(first)
                : null;
            return found ?? known.Judge() with { IsReplayed = true };
        }
        catch (Exception e) when (e is ExternalException or InvalidOperationException or ArgumentException or NotSupportedException)
        {
            // A type or layout that libtorch cannot do one of our questions on.
            return known.Judge() with { IsReplayed = true };
        }
    }

    /// <summary>An incident at a place.</summary>
    public static NonFiniteIncident At(this NonFiniteIncident incident, Place place) => incident with
    {
        Module = place.Module,
        ModuleType = place.Of?.GetType().Name ?? "",
        IsInLoss = place.IsInLoss,
        After = place.After,
        Before = place.Before,
    };

    /// <summary>An incident of a known operation.</summary>
    public static NonFiniteIncident By(this NonFiniteIncident incident, NamedOperation? operation) => operation is null ? incident : incident with
    {
        Operation = operation.Text,
        Value = operation.Value,
        Mend = operation.Mend,
        MendCode = operation.MendCode,
    };

    /// <summary>An incident of numbers that stood in the batch.</summary>
    public static NonFiniteIncident Holding(this NonFiniteIncident incident, HeldNumbers batch) => incident with
    {
        Direction = NonFiniteDirection.Input,
        Tensor = batch.Name,
        Row = NonFiniteCount.RowsOf(batch.Tensor)?.First,
        Count = batch.Count.All,
        Mend = "Drop the rows with such numbers, or fill them in, before training.",
        MendCode = "var whole = x.isfinite().flatten(1).all(1);\n(x, y) = (x[whole], y[whole]);",
    };

    /// <summary>An incident of numbers that stood in a parameter or a buffer.</summary>
    public static NonFiniteIncident Holding(this NonFiniteIncident incident, HeldNumbers held, IReadOnlyList<NamedModule> modules)
    {
        var isBuffer = held.Tensor is not TorchSharp.Modules.Parameter;
        return incident.At(Place.Holder(held.Name, modules)) with
        {
            Direction = NonFiniteDirection.Parameter,
            Tensor = held.Name,
            Count = held.Count.All,
            Mend = isBuffer ? "Set the buffer anew, and look at what wrote it: a batch that was not finite stays in running statistics." : "Go back to the last weights that were finite, or initialise them anew; no step mends them.",
            MendCode = isBuffer && held.Name.Contains("running_", StringComparison.Ordinal) ? $"{ModulePaths.HolderOf(held.Name, p => modules.Any(m => m.Name == p))}.reset_running_stats();" : null,
        };
    }
}
