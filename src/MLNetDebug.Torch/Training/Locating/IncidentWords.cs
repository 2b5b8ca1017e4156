using MLNetDebug.Data;

namespace MLNetDebug.Torch.Training.Locating;

/// <summary>An incident in words. Numbers only.</summary>
internal static class IncidentWords
{
    /// <summary>What happened, in one or two sentences.</summary>
    public static string Message(NonFiniteIncident incident) => incident.Direction switch
    {
        NonFiniteDirection.Input => $"The batch of step {Words.Number(incident.Step)} holds {Numbers(incident)} in `{incident.Tensor}`{(incident.Row is { } row ? $", first in row {Words.Number(row)} (counted from 0)" : "")}: whatever is computed from such a number is none either.",
        NonFiniteDirection.Parameter => $"`{incident.Tensor}` held {Numbers(incident)} before step {Words.Number(incident.Step)} began: {incident.Seen} cannot be finite with it.",
        NonFiniteDirection.Update => $"The update of step {Words.Number(incident.Step)} made {Numbers(incident)} of `{incident.Tensor}`; loss and gradients were finite before it.",
        NonFiniteDirection.Backward => $"The loss of step {Words.Number(incident.Step)} is finite, a gradient is not. The backward pass made {(incident.IsReplayed ? "the first such number" : "such numbers")} {Where(incident)}{By(incident)}.{Again(incident)}",
        NonFiniteDirection.Forward => $"The forward pass of step {Words.Number(incident.Step)} made {(incident.IsReplayed ? "the first number that is not finite" : "numbers that are not finite")} {Where(incident)}{By(incident)}{Rows(incident)}.{Again(incident)}",
        _ => $"At step {Words.Number(incident.Step)} {incident.Seen} is not finite; where it came from could not be told.{Again(incident)}",
    };

    /// <summary>The place as advice names it: <c>`block` (EncoderBlock)</c>, the network, the loss.</summary>
    public static string Where(NonFiniteIncident incident)
    {
        if (incident.IsInLoss)
            return incident.After is { } last ? $"behind `{last}`, in the network's last code or the loss" : "in the loss";
        var module = incident.Module switch
        {
            null => null,
            "" => $"the network ({incident.ModuleType})",
            _ => $"`{incident.Module}` ({incident.ModuleType})",
        };
        return (module, incident.After, incident.Before) switch
        {
            (null, { } after, _) => $"behind `{after}`, in the network's last code or the loss",
            (null, _, { } before) => $"in front of {Named(before)}",
            (null, _, _) => "at a place that could not be told",
            (_, null, null) => $"in {module}",
            (_, null, { } before) => $"in the code of {module} in front of {Named(before)}",
            (_, { } after, null) => $"in the code of {module} behind {Named(after)}",
            (_, { } after, { } before) => $"in the code of {module} between {Named(after)} and {Named(before)}",
        };
    }

    private static string Named(string path) => path.Length > 0 ? $"`{path}`" : "the network";

    private static string Numbers(NonFiniteIncident incident) => incident.Count == 1 ? "a number that is not finite" : $"{Words.Number(incident.Count)} numbers that are not finite";

    private static string By(NonFiniteIncident incident) => (incident.Operation, incident.AutogradFunction) switch
    {
        ("", "") => "",
        ("", var function) => $" (autograd names {function})",
        (var operation, "") => $", by {operation}",
        (var operation, var function) => $", by {operation} (autograd names {function})",
    };

    private static string Rows(NonFiniteIncident incident) => incident.Row is { } row ? $", in row {Words.Number(row)} alone (counted from 0)" : "";

    private static string Again(NonFiniteIncident incident) =>
        incident.IsReplayed && !incident.IsReproduced ? " Run again, the step did not do the same: something in it changes from call to call." : "";
}
