using System.Reflection;

namespace MLNetDebug.Guards;

/// <summary>The object inside a network's trainer that trains: reached through the closure that fills its progress channel.</summary>
internal sealed class LiveTrainer
{
    private readonly object _trainer;
    private readonly object? _scheduler;
    private readonly MethodInfo? _lastRates;

    private LiveTrainer(object trainer, object model)
    {
        (_trainer, Model) = (trainer, model);
        _scheduler = Members.Read(trainer, "LearningRateScheduler");
        _lastRates = _scheduler?.GetType().GetMethod("get_last_lr", Type.EmptyTypes);
    }

    /// <summary>The network.</summary>
    public object Model { get; }

    /// <summary>Steps taken, as the trainer counts them; some count from 0 again in each epoch.</summary>
    public int Updates => Members.Read(_trainer, "Updates") as int? ?? 0;

    /// <summary>The learning rate of the next step; null where it is not shown.</summary>
    public double? LearningRate => _lastRates?.Invoke(_scheduler, null) is IEnumerable<double> rates ? rates.Cast<double?>().FirstOrDefault() : null;

    /// <summary>The object that trains now; null before it is made and after it is gone.</summary>
    public static LiveTrainer? Find(IEnumerable<TrainerHost> hosts)
    {
        foreach (var target in hosts.SelectMany(h => h.ProgressTargets()))
        {
            if (Members.Read(target, "trainer") is { } trainer && Members.Read(trainer, "Model") is { } model)
                return new LiveTrainer(trainer, model);
        }

        return null;
    }
}
