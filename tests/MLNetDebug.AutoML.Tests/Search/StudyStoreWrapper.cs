using MLNetDebug.Zoo.Studies;

namespace MLNetDebug.AutoML.Tests.Search;

/// <summary>A store in memory of which a test changes some calls.</summary>
internal abstract class StudyStoreWrapper : IStudyStore
{
    private readonly MemoryStudyStore _store = new();

    public void Open(StudyDefinition definition) => _store.Open(definition);

    public IReadOnlyList<string> Studies() => _store.Studies();

    public virtual StudySnapshot Read(string study) => _store.Read(study);

    public IReadOnlyList<TrialEvent> Events(string study) => _store.Events(study);

    public TrialClaim? TryAdd(string study, TrialPlan plan, string worker) => _store.TryAdd(study, plan, worker);

    public TrialClaim? TryTakeOver(string study, string worker, TimeSpan expiry) => _store.TryTakeOver(study, worker, expiry);

    public virtual bool Beat(TrialClaim claim) => _store.Beat(claim);

    public bool Report(TrialClaim claim, TrialPoint point) => _store.Report(claim, point);

    public virtual bool Finish(TrialClaim claim, TrialEnd end) => _store.Finish(claim, end);

    public bool Release(TrialClaim claim) => _store.Release(claim);

    public void Dispose() => _store.Dispose();
}
