using MLNetDebug.AutoML;

namespace MLNetDebug.Zoo.Studies;

/// <summary>Says what a store has taken, after it has: whoever reads it knows what must not be lost when the process is killed.</summary>
internal sealed class TellingStudyStore(IStudyStore store, Action<string> tell) : IStudyStore
{
    public const string Began = "began", Reported = "reported", Ended = "ended", Refused = "refused", LateBeat = "beat";

    public void Open(StudyDefinition definition) => store.Open(definition);

    public IReadOnlyList<string> Studies() => store.Studies();

    public StudySnapshot Read(string study) => store.Read(study);

    public IReadOnlyList<TrialEvent> Events(string study) => store.Events(study);

    public TrialClaim? TryAdd(string study, TrialPlan plan, string worker) => Told(store.TryAdd(study, plan, worker));

    public TrialClaim? TryTakeOver(string study, string worker, TimeSpan expiry) => Told(store.TryTakeOver(study, worker, expiry));

    // A beat may also come late, after the trial's own end.
    public bool Beat(TrialClaim claim) => store.Beat(claim) || Told(false, claim, "", LateBeat);

    public bool Report(TrialClaim claim, TrialPoint point) => Told(store.Report(claim, point), claim, Reported, FormattableString.Invariant($"{point.Epoch} {point.Metric:R}"));

    public bool Finish(TrialClaim claim, TrialEnd end) => Told(store.Finish(claim, end), claim, Ended, FormattableString.Invariant($"{end.State} {end.Metric:R}"));

    public bool Release(TrialClaim claim) => store.Release(claim);

    public void Dispose() => store.Dispose();

    private TrialClaim? Told(TrialClaim? claim)
    {
        if (claim is not null)
            Told(true, claim, Began, "-");
        return claim;
    }

    private bool Told(bool isTaken, TrialClaim claim, string what, string value)
    {
        tell(FormattableString.Invariant($"{(isTaken ? what : Refused)} {claim.Plan.Number} {claim.Attempt} {value}"));
        return isTaken;
    }
}
