namespace MLNetDebug.Torch.Training.NonFinite;

internal static class NonFiniteLocaliser
{
    public static NonFiniteIncident Locate(StepReplay replay, long step, string seen) => new() { Step = step, Direction = NonFiniteDirection.Unknown, Seen = seen };
}
