using MLNetDebug.AutoML;

namespace MLNetDebug.Zoo.Studies;

/// <summary>Studies in memory: for sweeps of which only the decisions are of interest. It keeps the contract but what outlives the process.</summary>
internal sealed class MemoryStudyStore : IStudyStore
{
    private readonly Lock _lock = new();
    private readonly List<Study> _studies = [];

    public void Open(StudyDefinition definition)
    {
        if (definition.Name.Length is 0 or > 200)
            throw new ArgumentException("A study's name has 1 to 200 characters.");
        lock (_lock)
        {
            var found = _studies.Find(s => s.Definition.Name == definition.Name);
            if (found is null)
                _studies.Add(new Study(definition));
            else if (found.Definition.Settings != definition.Settings)
                throw new ArgumentException($"Study '{definition.Name}' was begun with other settings.");
        }
    }

    public IReadOnlyList<string> Studies()
    {
        lock (_lock)
            return [.. _studies.Select(s => s.Definition.Name)];
    }

    public StudySnapshot Read(string study) => With(study, s => new StudySnapshot(s.Definition, s.Created, DateTimeOffset.UtcNow, [.. s.Trials]));

    public IReadOnlyList<TrialEvent> Events(string study) => With(study, s => s.Events.ToArray());

    public TrialClaim? TryAdd(string study, TrialPlan plan, string worker) => With(study, s =>
    {
        if (plan.Number != s.Trials.Count)
            return null;
        var now = DateTimeOffset.UtcNow;
        s.Trials.Add(new TrialRecord(plan) { Worker = worker, Started = now });
        s.Beats.Add(now);
        s.Tell(plan.Number, TrialEventKind.Started);
        return new TrialClaim(study, plan, 1);
    });

    public TrialClaim? TryTakeOver(string study, string worker, TimeSpan expiry) => With(study, s =>
    {
        var now = DateTimeOffset.UtcNow;
        var at = s.Trials.FindIndex(t => t.State == TrialState.Running && (s.Beats[t.Plan.Number] is not { } beat || now - beat > expiry));
        if (at < 0)
            return null;
        s.Trials[at] = s.Trials[at] with { Attempt = s.Trials[at].Attempt + 1, Worker = worker, Started = now, Steps = 0, Points = [] };
        s.Beats[at] = now;
        s.Tell(at, TrialEventKind.TakenOver);
        var releases = s.Events.Count(e => e.Trial == at && e.Kind == TrialEventKind.Released);
        return new TrialClaim(study, s.Trials[at].Plan, s.Trials[at].Attempt) { Deaths = s.Trials[at].Attempt - 1 - releases };
    });

    public bool Beat(TrialClaim claim) => Held(claim, (_, _) => { });

    public bool Report(TrialClaim claim, TrialPoint point) => Held(claim, (s, at) =>
    {
        s.Trials[at] = s.Trials[at] with { Points = [.. s.Trials[at].Points, point], Steps = point.Steps };
        s.Tell(at, TrialEventKind.Reported, point);
    });

    public bool Finish(TrialClaim claim, TrialEnd end) => Held(claim, (s, at) =>
    {
        s.Trials[at] = s.Trials[at] with
        {
            State = end.State,
            Ended = DateTimeOffset.UtcNow,
            Metric = end.Metric,
            TestMetric = end.TestMetric,
            Steps = end.Steps,
            Reason = end.Reason,
            Findings = end.Findings,
            Bracket = end.Bracket,
        };
        s.Tell(at, end.State switch { TrialState.Completed => TrialEventKind.Completed, TrialState.Pruned => TrialEventKind.Pruned, _ => TrialEventKind.Failed });
    });

    public bool Release(TrialClaim claim) => Held(claim, (s, at) =>
    {
        s.Beats[at] = null;
        s.Tell(at, TrialEventKind.Released);
    });

    public void Dispose()
    {
    }

    private bool Held(TrialClaim claim, Action<Study, int> write) => With(claim.Study, s =>
    {
        var at = claim.Plan.Number;
        if (at >= s.Trials.Count || s.Trials[at].State != TrialState.Running || s.Trials[at].Attempt != claim.Attempt || s.Beats[at] is null)
            return false;
        s.Beats[at] = DateTimeOffset.UtcNow;
        write(s, at);
        return true;
    });

    private T With<T>(string study, Func<Study, T> use)
    {
        lock (_lock)
        {
            return use(_studies.Find(s => s.Definition.Name == study)
                ?? throw new KeyNotFoundException($"There is no study '{study}'; there are {string.Join(", ", _studies.Select(s => s.Definition.Name))}."));
        }
    }

    private sealed class Study(StudyDefinition definition)
    {
        public StudyDefinition Definition { get; } = definition;

        public DateTimeOffset Created { get; } = DateTimeOffset.UtcNow;

        public List<TrialRecord> Trials { get; } = [];

        /// <summary>When each trial was last heard of; null where it was given back.</summary>
        public List<DateTimeOffset?> Beats { get; } = [];

        public List<TrialEvent> Events { get; } = [];

        public void Tell(int trial, TrialEventKind kind, TrialPoint? point = null) =>
            Events.Add(new TrialEvent(Events.Count, trial, Trials[trial].Attempt, kind, Trials[trial].Worker, DateTimeOffset.UtcNow) { Point = point });
    }
}
