namespace MLNetDebug;

/// <summary>Where long work stands.</summary>
/// <param name="Stage">What is being done, such as <c>profile</c>.</param>
/// <param name="Done">Units done (rows, folds).</param>
/// <param name="Total">Units in all; null where unknown.</param>
public readonly record struct DiagnosticsProgress(string Stage, long Done, long? Total);

/// <summary>Makes one measurement. It measures and never judges.</summary>
internal abstract class Measurer
{
    /// <summary>The measurement's type.</summary>
    public abstract Type Measures { get; }

    /// <summary>Measurements that must be there first; the engine runs their measurers too.</summary>
    public virtual IReadOnlyList<Type> Needs => [];

    internal abstract object? MeasureObject(Measurements have, RunContext run);
}

/// <summary>Makes one measurement of a type.</summary>
/// <typeparam name="T">The measurement.</typeparam>
internal abstract class Measurer<T> : Measurer
    where T : class
{
    public sealed override Type Measures => typeof(T);

    /// <summary>Measures.</summary>
    /// <param name="have">The measurements made so far, those of <see cref="Measurer.Needs"/> among them where they could be made.</param>
    /// <param name="run">Budget, cancellation, progress and the list of what was not checked.</param>
    /// <returns>The measurement, or null where it could not be made (the reason is in <paramref name="run"/>).</returns>
    protected abstract T? Measure(Measurements have, RunContext run);

    internal sealed override object? MeasureObject(Measurements have, RunContext run) => Measure(have, run);
}

/// <summary>The measurements of one run, one per type.</summary>
internal sealed class Measurements
{
    private readonly Dictionary<Type, object> _byType = [];

    public T? Get<T>()
        where T : class => _byType.GetValueOrDefault(typeof(T)) as T;

    public object? Get(Type type) => _byType.GetValueOrDefault(type);

    public void Set(Type type, object measured) => _byType[type] = measured;

    public Measurements With<T>(T measured)
        where T : class
    {
        Set(typeof(T), measured);
        return this;
    }
}

/// <summary>What every measurer of one run shares: one budget, one seed, one list of unanswered questions.</summary>
internal sealed class RunContext
{
    private readonly long _started = System.Diagnostics.Stopwatch.GetTimestamp();
    private readonly List<NotChecked> _notChecked = [];

    public CancellationToken Cancellation { get; init; }

    public IProgress<DiagnosticsProgress>? Progress { get; init; }

    /// <summary>Wall time that measurers which train models may spend together.</summary>
    public TimeSpan TrainingBudget { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Wall time already spent by measurers which train models.</summary>
    public TimeSpan TrainingSpent { get; private set; }

    /// <summary>Wall time the passes over the rows may take; null without limit.</summary>
    public TimeSpan? PassBudget { get; init; }

    /// <summary>At most so many rows are read; null for all.</summary>
    public long? MaxRows { get; init; }

    /// <summary>At most so many rows go to a measurer that trains models.</summary>
    public int MaxTrainingRows { get; init; } = 20_000;

    public int Seed { get; init; } = 1;

    public TimeSpan Elapsed => System.Diagnostics.Stopwatch.GetElapsedTime(_started);

    public IReadOnlyList<NotChecked> Unanswered => _notChecked;

    public TimeSpan TrainingLeft => TrainingBudget > TrainingSpent ? TrainingBudget - TrainingSpent : TimeSpan.Zero;

    /// <summary>Takes back what was said of a column: it was read in another way.</summary>
    public void Answered(Subject subject) => _notChecked.RemoveAll(n => n.RuleId is null && n.Subject == subject);

    public void SpendTraining(TimeSpan spent) => TrainingSpent += spent;

    public void NotChecked(Subject subject, string reason, string? ruleId = null, long? rowsNeeded = null) =>
        _notChecked.Add(new NotChecked(subject, reason) { RuleId = ruleId, RowsNeeded = rowsNeeded });
}
