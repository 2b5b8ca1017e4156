using System.Collections;
using Microsoft.ML.Runtime;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Guards;

/// <summary>A trainer's own host inside ML.NET: reached to end loops that read no rows, and to hear what the trainer logs and reports. Never the caller's context.</summary>
internal sealed class TrainerHost
{
    /// <summary>At most so many checkpoints are read: the last ones.</summary>
    private const int MaxCheckpoints = 10_000;

    private readonly IHostEnvironment _host;
    private readonly HostMembers _members;

    private TrainerHost(IHostEnvironment host) => (_host, _members) = (host, HostMembers.Of(host.GetType()));

    /// <summary>What cannot be observed on this version of ML.NET, and why; empty where everything can.</summary>
    public IReadOnlyList<string> Missing => _members.Missing;

    /// <summary>The environment itself.</summary>
    public IHostEnvironment Environment => _host;

    /// <summary>Checkpoints sent so far by anyone: what comes later is a new fit's.</summary>
    public int Checkpoints => (Read(_members.Progress.Events, Tracker) as ICollection)?.Count ?? 0;

    private object? Tracker => Read(_members.Progress.Tracker, _host);

    /// <summary>The hosts of a trainer and of the trainer inside it, outermost first; empty where it keeps none. A context is never among them.</summary>
    public static IReadOnlyList<TrainerHost> Of(object trainer)
    {
        var hosts = new List<TrainerHost>();
        for (object? t = trainer; t is not null && hosts.Count < 4; t = Members.Read(t, "Trainer"))
        {
            // Only hosts below the context's own environment may be cancelled.
            if (EstimatorChains.EnvironmentOf(t) is IHost host)
                hosts.Add(new TrainerHost(host));
        }

        return hosts;
    }

    /// <summary>Ends loops that ask their host whether it is alive (trees, L-BFGS, SDCA); false where this version does not allow it.</summary>
    public bool Cancel()
    {
        if (_members.Cancel is null || _members.IsCanceled?.GetSetMethod(nonPublic: true) is null)
            return false;
        _members.Cancel.Invoke(_host, null);
        return true;
    }

    /// <summary>Undoes <see cref="Cancel"/>, so that the trainer can be fitted again.</summary>
    public void Revive() => _members.IsCanceled?.GetSetMethod(nonPublic: true)?.Invoke(_host, [false]);

    /// <summary>Hears every message of the context; null where this version does not allow it.</summary>
    public IDisposable? Listen(Action<string, ChannelMessage> listener)
    {
        if (_members.AddListener is not { } add || _members.RemoveListener is not { } remove || _members.ToListener(listener) is not { } made)
            return null;
        add.Invoke(_host, [made]);
        return new Ending(() => remove.Invoke(_host, [made]));
    }

    /// <summary>What the trainer reports of itself right now; null where it reports nothing.</summary>
    public ProgressReading? Now()
    {
        foreach (var channel in OpenChannels())
        {
            if (_members.Progress.GetProgress?.Invoke(channel, null) is { } entry && ToReading(entry, DateTime.UtcNow) is { } reading)
                return reading;
        }

        return null;
    }

    /// <summary>The targets of the actions that fill the trainer's open progress channels: closures over the objects that train.</summary>
    public IEnumerable<object> ProgressTargets() => OpenChannels()
        .Select(c => (Read(_members.Progress.HeaderAndAction, c) as System.Runtime.CompilerServices.ITuple)?[1])
        .OfType<Delegate>().Select(d => d.Target).OfType<object>();

    /// <summary>The checkpoints this host's channels sent since <see cref="Checkpoints"/> was read, in their order; up to where it was read again.</summary>
    public IReadOnlyList<ProgressReading> CheckpointsSince(int before, int until = int.MaxValue)
    {
        var p = _members.Progress;
        if (Tracker is not { } tracker || Read(p.Events, tracker) is not ICollection events || p.EventIndex is null)
            return [];
        var own = Infos().Where(i => IsOwn(Read(p.Channel, i))).Select(i => Read(p.Index, i)).ToHashSet();
        var readings = new List<ProgressReading>();
        foreach (var sent in events.Cast<object>().Take(until).Skip(Math.Max(before, events.Count - MaxCheckpoints)))
        {
            if (own.Contains(Read(p.EventIndex, sent)) && Read(p.EventEntry, sent) is { } entry
                && ToReading(entry, (DateTime)Read(p.EventTime, sent)!) is { } reading)
                readings.Add(reading);
        }

        return readings;
    }

    private static object? Read(System.Reflection.FieldInfo? field, object? owner) => owner is null ? null : field?.GetValue(owner);

    private bool IsOwn(object? channel) => ReferenceEquals(Read(_members.Progress.Owner, channel), _host);

    private IEnumerable<object> OpenChannels() =>
        Infos().Where(i => Read(_members.Progress.IsFinished, i) is false).Select(i => Read(_members.Progress.Channel, i)).OfType<object>().Where(IsOwn).Reverse();

    private object[] Infos()
    {
        if (Tracker is not { } tracker || Read(_members.Progress.Lock, tracker) is not { } gate || Read(_members.Progress.Infos, tracker) is not IEnumerable infos)
            return [];
        lock (gate)
            return [.. infos.Cast<object>()];
    }

    private ProgressReading? ToReading(object entry, DateTime at)
    {
        var p = _members.Progress;
        if (Read(p.Header, entry) is not ProgressHeader header || Read(p.Metrics, entry) is not double?[] metrics || Read(p.Progress, entry) is not double?[] progress)
            return null;
        var iteration = header.UnitNames.Zip(progress).Where(u => u.First is "iterations" or "trees").Select(u => u.Second).FirstOrDefault();
        NamedValue[] named = [.. header.MetricNames.Zip(metrics).Where(m => m.Second is not null).Select(m => new NamedValue(m.First, m.Second!.Value))];
        return named.Length == 0 && iteration is null ? null : new ProgressReading(at, iteration, named);
    }

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}

/// <summary>What a trainer reported at one moment.</summary>
/// <param name="At">When, in UTC.</param>
/// <param name="Iteration">Iterations or trees done; null where it counts something else.</param>
/// <param name="Metrics">Named values, such as <c>Loss</c>.</param>
internal sealed record ProgressReading(DateTime At, double? Iteration, IReadOnlyList<NamedValue> Metrics);

/// <summary>A value by its name.</summary>
/// <param name="Name">The name the trainer gives it.</param>
/// <param name="Value">The value.</param>
public readonly record struct NamedValue(string Name, double Value);
