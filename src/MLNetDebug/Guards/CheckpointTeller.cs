namespace MLNetDebug.Guards;

/// <summary>Tells of a trainer's checkpoints while it trains: they hold the losses, which what it shows of the moment does not. Safe on threads.</summary>
/// <param name="hosts">The trainer's hosts.</param>
/// <param name="told">How many checkpoints of each were there before.</param>
/// <param name="tell">Takes each new one, in their order.</param>
internal sealed class CheckpointTeller(IReadOnlyList<TrainerHost> hosts, IReadOnlyList<int> told, Action<ProgressReading> tell)
{
    private readonly Lock _gate = new();
    private readonly int[] _told = [.. told];

    /// <summary>Tells of what came since the last call; a timer's tick does not wait for the one before.</summary>
    public void Tell()
    {
        if (!_gate.TryEnter())
            return;
        try
        {
            TellNew();
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>Tells of the last ones.</summary>
    public void Finish()
    {
        lock (_gate)
            TellNew();
    }

    private void TellNew()
    {
        for (var i = 0; i < hosts.Count; i++)
        {
            var now = hosts[i].Checkpoints;
            if (now <= _told[i])
                continue;
            foreach (var reading in hosts[i].CheckpointsSince(_told[i], now))
                tell(reading);
            _told[i] = now;
        }
    }
}
