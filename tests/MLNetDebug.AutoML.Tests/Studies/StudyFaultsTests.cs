using MLNetDebug.Zoo.Studies;

namespace MLNetDebug.AutoML.Tests.Studies;

/// <summary>Faults that are planted in a finished study; what judges killed sweeps must see each.</summary>
[TestClass]
public sealed class StudyFaultsTests
{
    private static readonly StudySnapshot Whole = Finished(out Events);

    private static readonly TrialEvent[] Events;

    private static StudySnapshot Finished(out TrialEvent[] events)
    {
        using var store = new MemoryStudyStore();
        store.Open(new StudyDefinition("s", "{}"));
        for (var i = 0; i < SweepWorker.Trials + 2; i++)
        {
            var kind = i < SweepWorker.Trials ? TrialKind.Search : TrialKind.Confirmation;
            var claim = store.TryAdd("s", new TrialPlan(i, kind, new TrialParameters([new("LearningRate", 0.1)]), i, 6), "worker 0")!;
            store.Report(claim, new TrialPoint(1, 0.5, 1));
            if (i == 3)
            {
                Thread.Sleep(2);
                claim = store.TryTakeOver("s", "worker 1", TimeSpan.Zero)!;
                store.Report(claim, new TrialPoint(1, 0.5, 1));
            }

            store.Report(claim, new TrialPoint(2, 0.6, 2));
            store.Finish(claim, new TrialEnd(TrialState.Completed) { Metric = 0.6 });
        }

        events = Numbered(store.Events("s"));
        return store.Read("s");
    }

    private static TrialEvent[] Numbered(IEnumerable<TrialEvent> events) => [.. events.Select((e, i) => e with { Sequence = i + 1 })];

    private static void Sees(string words, StudySnapshot study, IEnumerable<TrialEvent> events) =>
        StringAssert.Contains(string.Join('\n', StudyFaults.Of(study, Numbered(events))), words);

    private static StudySnapshot With(int number, Func<TrialRecord, TrialRecord> change) => Whole with { Trials = [.. Whole.Trials.Select((t, i) => i == number ? change(t) : t)] };

    private static int Last(int trial, TrialEventKind kind) => Array.FindLastIndex(Events, e => e.Trial == trial && e.Kind == kind);

    [TestMethod]
    public void Study_ThatIsWell_HasNone() => Assert.AreEqual("", string.Join('\n', StudyFaults.Of(Whole, Events)));

    [TestMethod]
    public void Record_ThatIsWrong_IsSeen()
    {
        Sees("it runs", With(2, t => t with { State = TrialState.Running, Ended = null }), Events);
        Sees("it is Pruned", With(2, t => t with { State = TrialState.Pruned }), Events);
        Sees("points are not those", With(2, t => t with { Points = [.. t.Points.Take(1)] }), Events);
        Sees("its record says 1", With(3, t => t with { Attempt = 1 }), Events);
        Sees("its record says 2, worker 0", With(3, t => t with { Worker = "worker 0" }), Events);
        Sees("stands at place 5", Whole with { Trials = [.. Whole.Trials.Where(t => t.Plan.Number != 5)] }, Events);
        Sees("has 9 trials", With(5, t => t with { Plan = t.Plan with { Kind = TrialKind.Arm } }), Events);
        Sees("asked of trials 10, 11", With(11, t => t with { Plan = Whole.Trials[10].Plan with { Number = 11 } }), Events);
    }

    [TestMethod]
    public void Event_ThatIsLostOrTooMany_IsSeen()
    {
        var begin = Last(3, TrialEventKind.TakenOver);
        Sees("it has 0 ends", Whole, Events.Where(e => e.Trial != 2 || e.Kind != TrialEventKind.Completed));
        Sees("it has 2 ends", Whole, [.. Events, Events[Last(2, TrialEventKind.Completed)]]);
        Sees("1 events after the first", Whole, [.. Events, Events[Last(2, TrialEventKind.Reported)]]);
        Sees("its begin 2", Whole, [.. Events, Events[Last(2, TrialEventKind.Started)]]);
        Sees("points are not those", Whole, Events.Where((_, i) => i != Last(3, TrialEventKind.Reported)));
        Sees("its begin 1 is TakenOver", Whole, Events.Where((_, i) => i != Last(3, TrialEventKind.Started)));
        Sees("attempt 2 begins with Reported", Whole, Events.Select((e, i) => i == begin ? Events[i + 1] : i == begin + 1 ? Events[i - 1] : e));
        Sees("no such trial", Whole, [.. Events, Events[^1] with { Trial = 99 }]);
        StringAssert.Contains(string.Join('\n', StudyFaults.Of(Whole, [.. Events.Where((_, i) => i != 5)])), "gaps");
    }

    [TestMethod]
    public void Word_OfAWorkerThatHadLostTheTrial_IsSeen()
    {
        var late = Events[Array.FindIndex(Events, e => e.Trial == 3 && e.Kind == TrialEventKind.Reported)] with { Point = new TrialPoint(2, 0.6, 2) };
        var end = Last(3, TrialEventKind.Completed);
        Sees("had lost it", Whole, [.. Events[..end], late, .. Events[end..]]);
    }
}
