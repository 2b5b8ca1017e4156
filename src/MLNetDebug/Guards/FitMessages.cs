using Microsoft.ML.Runtime;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Guards;

/// <summary>What a trainer says in its context's log during one fit.</summary>
internal sealed class FitMessages(ClosedTrainer? closed, LiveProbe? probe)
{
    private const int MaxWarnings = 100;

    // A context's listener hears every trainer of that context. Only what is said on a fit's own flow of execution, worker threads included, is that fit's.
    private static readonly AsyncLocal<FitMessages?> Running = new();

    private readonly List<string> _warnings = [];
    private FitMessages? _outer;

    /// <summary>Warnings and errors, one of a kind.</summary>
    public IReadOnlyList<string> Warnings
    {
        get
        {
            lock (_warnings)
                return [.. _warnings];
        }
    }

    /// <summary>The last accuracy that a network's trainer reported; null where it reported none.</summary>
    public double? Accuracy { get; private set; }

    /// <summary>Listens on this flow of execution until disposed.</summary>
    /// <param name="host">The trainer's host; null where it keeps none, and then nothing is heard.</param>
    public IDisposable Listen(TrainerHost? host)
    {
        (_outer, Running.Value) = (Running.Value, this);
        return new Listening(this, host?.Listen(OnMessage));
    }

    private bool IsOwnFlow()
    {
        var running = Running.Value;
        while (running is not null && running != this)
            running = running._outer;
        return running is not null;
    }

    private void OnMessage(string source, ChannelMessage message)
    {
        if (!IsOwnFlow())
            return;
        if (message.Kind < ChannelMessageKind.Warning)
        {
            if (message.Kind == ChannelMessageKind.Info && closed is not null)
                OnInfo(message.Message);
            return;
        }

        var text = message.Message.ReplaceLineEndings(" ");
        lock (_warnings)
        {
            if (_warnings.Count < MaxWarnings && !_warnings.Contains(text))
                _warnings.Add(text);
        }
    }

    private void OnInfo(string message)
    {
        if (probe is not null && LoggedLoss.TryRead(message, out var loss))
            probe.OnLogged(loss);
        else if (ValidationPass.TryReadAccuracy(message, out var accuracy))
            Accuracy = accuracy;
    }

    private sealed class Listening(FitMessages messages, IDisposable? inner) : IDisposable
    {
        public void Dispose()
        {
            inner?.Dispose();
            Running.Value = messages._outer;
        }
    }
}
