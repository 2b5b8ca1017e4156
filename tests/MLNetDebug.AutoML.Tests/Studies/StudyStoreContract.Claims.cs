namespace MLNetDebug.AutoML.Tests.Studies;

/// <summary>Who has a trial, where several want it.</summary>
public abstract partial class StudyStoreContract
{
    [TestMethod]
    public void TryTakeOver_GivesTheFirstSilentTrialOnly()
    {
        using var store = Opened();
        var first = store.TryAdd(Study.Name, Plan(0), "a")!;
        var second = store.TryAdd(Study.Name, Plan(1), "a")!;
        store.TryAdd(Study.Name, Plan(2), "a");
        Assert.IsNull(store.TryTakeOver(Study.Name, "b", TimeSpan.FromHours(1)));
        Assert.IsNull(store.TryTakeOver(Study.Name, "b", TimeSpan.MaxValue));
        store.Finish(first, new TrialEnd(TrialState.Completed) { Metric = 1 });
        Wait(store);
        var taken = store.TryTakeOver(Study.Name, "b", TimeSpan.Zero)!;
        Assert.AreEqual((Plan(1), 2), (taken.Plan, taken.Attempt));
        Assert.AreEqual(second.Plan, taken.Plan);
    }

    [TestMethod]
    public void TryTakeOver_BeginsANewAttemptAndKeepsTheEvents()
    {
        using var store = Opened();
        var lost = store.TryAdd(Study.Name, Plan(0), "a")!;
        store.Report(lost, new TrialPoint(1, 0.5, 10));
        var before = store.Read(Study.Name).Trials[0];
        Wait(store);
        var taken = store.TryTakeOver(Study.Name, "b", TimeSpan.Zero)!;
        var trial = store.Read(Study.Name).Trials[0];
        Assert.AreEqual((2, "b", TrialState.Running, 0L, 0), (trial.Attempt, trial.Worker, trial.State, trial.Steps, trial.Points.Count));
        Assert.IsTrue(trial.Started > before.Started);
        store.Report(taken, new TrialPoint(1, 0.75, 12));
        Assert.AreEqual(new TrialPoint(1, 0.75, 12), store.Read(Study.Name).Trials[0].Points.Single());
        var events = store.Events(Study.Name);
        CollectionAssert.AreEqual(
            new[] { (TrialEventKind.Started, 1, "a"), (TrialEventKind.Reported, 1, "a"), (TrialEventKind.TakenOver, 2, "b"), (TrialEventKind.Reported, 2, "b") },
            events.Select(e => (e.Kind, e.Attempt, e.Worker)).ToArray());
    }

    [TestMethod]
    public void Worker_ThatWakesLateChangesNothing()
    {
        using var store = Opened();
        using var other = NewStore();
        var lost = store.TryAdd(Study.Name, Plan(0), "a")!;
        Wait(store);
        var taken = other.TryTakeOver(Study.Name, "b", TimeSpan.Zero)!;
        var before = other.Read(Study.Name);
        Assert.IsFalse(store.Beat(lost));
        Assert.IsFalse(store.Report(lost, new TrialPoint(1, 0.9, 1)));
        Assert.IsFalse(store.Finish(lost, new TrialEnd(TrialState.Completed) { Metric = 0.9 }));
        // An attempt that is yet to come is as wrong as one that is over.
        Assert.IsFalse(store.Beat(taken with { Attempt = 3 }));
        Assert.IsFalse(store.Beat(taken with { Plan = Plan(5) }));
        var after = other.Read(Study.Name);
        Assert.AreEqual((before.Trials[0].State, before.Trials[0].Worker, before.Trials[0].Points.Count), (after.Trials[0].State, after.Trials[0].Worker, after.Trials[0].Points.Count));
        Assert.AreEqual(2, other.Events(Study.Name).Count);
        Assert.IsTrue(other.Finish(taken, new TrialEnd(TrialState.Completed) { Metric = 0.5 }));
    }

    [TestMethod]
    public void Release_GivesATrialToTheNextAtOnce_AndCountsNoDeath()
    {
        using var store = Opened();
        using var other = NewStore();
        var claim = store.TryAdd(Study.Name, Plan(0), "a")!;
        Assert.AreEqual(0, claim.Deaths);
        store.Report(claim, new TrialPoint(1, 0.5, 10));
        Assert.IsTrue(store.Release(claim));
        // Who gave it back has it no more, also before another takes it.
        Assert.IsFalse(store.Beat(claim));
        Assert.IsFalse(store.Report(claim, new TrialPoint(2, 0.5, 20)));
        Assert.IsFalse(store.Finish(claim, new TrialEnd(TrialState.Completed) { Metric = 0.5 }));
        Assert.IsFalse(store.Release(claim));
        Assert.AreEqual(TrialState.Running, store.Read(Study.Name).Trials[0].State);
        var second = other.TryTakeOver(Study.Name, "b", TimeSpan.MaxValue)!;
        Assert.AreEqual((Plan(0), 2, 0), (second.Plan, second.Attempt, second.Deaths));
        Assert.IsFalse(store.Release(claim), "a claim that was lost to another");
        Assert.IsNull(other.TryTakeOver(Study.Name, "c", TimeSpan.FromHours(1)));
        Damage("UPDATE trial SET heartbeat = heartbeat - 3600000000");
        var third = other.TryTakeOver(Study.Name, "c", TimeSpan.FromMinutes(30))!;
        Assert.AreEqual((3, 1), (third.Attempt, third.Deaths), "the second died");
        Assert.IsTrue(other.Finish(third, new TrialEnd(TrialState.Completed) { Metric = 0.5 }));
        Assert.IsFalse(other.Release(third), "a trial that has ended");
        CollectionAssert.AreEqual(
            new[]
            {
                (TrialEventKind.Started, 1, "a"), (TrialEventKind.Reported, 1, "a"), (TrialEventKind.Released, 1, "a"), (TrialEventKind.TakenOver, 2, "b"), (TrialEventKind.TakenOver, 3, "c"),
                (TrialEventKind.Completed, 3, "c"),
            },
            other.Events(Study.Name).Select(e => (e.Kind, e.Attempt, e.Worker)).ToArray());
    }

    [TestMethod]
    public void Beat_AndReportKeepATrial()
    {
        using var store = Opened();
        var claim = store.TryAdd(Study.Name, Plan(0), "a")!;
        foreach (var sign in (Func<bool>[])[() => store.Beat(claim), () => store.Report(claim, new TrialPoint(1, 1, 1))])
        {
            Damage("UPDATE trial SET heartbeat = heartbeat - 3600000000");
            Assert.IsTrue(sign());
            Assert.IsNull(store.TryTakeOver(Study.Name, "b", TimeSpan.FromMinutes(30)));
        }

        Damage("UPDATE trial SET heartbeat = heartbeat - 3600000000");
        Assert.IsNotNull(store.TryTakeOver(Study.Name, "b", TimeSpan.FromMinutes(30)));
    }

    [TestMethod]
    public void TryTakeOver_DoesNotWaitForAClockThatWasSetBack()
    {
        using var store = Opened();
        store.TryAdd(Study.Name, Plan(0), "a");
        Damage("UPDATE trial SET heartbeat = heartbeat + 3600000000");
        Assert.IsNotNull(store.TryTakeOver(Study.Name, "b", TimeSpan.FromMinutes(30)));
    }

    [TestMethod]
    public void TryAdd_GivesEachNumberToOneOfManyWorkers()
    {
        const int Trials = 24;
        using var first = NewStore();
        using var second = NewStore();
        var won = Race(8, worker =>
        {
            var store = worker % 2 == 0 ? first : second;
            // Several processes also make the tables, and the study, at once.
            store.Open(Study);
            var mine = new List<int>();
            for (var count = 0; count < Trials; count = store.Read(Study.Name).Trials.Count)
            {
                if (store.TryAdd(Study.Name, Plan(count), "w" + worker) is { } claim)
                    mine.Add(claim.Plan.Number);
            }

            return mine;
        });
        CollectionAssert.AreEqual(Enumerable.Range(0, Trials).ToArray(), won.SelectMany(n => n).Order().ToArray());
        var trials = first.Read(Study.Name).Trials;
        for (var worker = 0; worker < won.Length; worker++)
            Assert.IsTrue(won[worker].TrueForAll(n => trials[n].Worker == "w" + worker));
        CollectionAssert.AreEqual(Enumerable.Range(1, Trials).Select(n => (long)n).ToArray(), first.Events(Study.Name).Select(e => e.Sequence).ToArray());
    }

    [TestMethod]
    public void TryTakeOver_IsWonByOne()
    {
        using var first = Opened();
        using var second = NewStore();
        for (var n = 0; n < 5; n++)
            first.TryAdd(Study.Name, Plan(n), "dead");
        Damage("UPDATE trial SET heartbeat = heartbeat - 3600000000");
        var won = Race(8, worker =>
        {
            var mine = new List<int>();
            while ((worker % 2 == 0 ? first : second).TryTakeOver(Study.Name, "w" + worker, TimeSpan.FromMinutes(30)) is { } claim)
                mine.Add(claim.Plan.Number);
            return mine;
        });
        CollectionAssert.AreEqual(Enumerable.Range(0, 5).ToArray(), won.SelectMany(n => n).Order().ToArray());
        Assert.IsTrue(first.Read(Study.Name).Trials.All(t => t.Attempt == 2));
    }

    [TestMethod]
    public void Read_IsOfOneMoment()
    {
        using var writing = Opened();
        using var reading = NewStore();
        var claim = writing.TryAdd(Study.Name, Plan(0), "a")!;
        Race(2, worker =>
        {
            for (var n = 1; n <= 60; n++)
            {
                if (worker == 0)
                {
                    Assert.IsTrue(writing.Report(claim, new TrialPoint(n, n, n)));
                    continue;
                }

                // The trial's row and its points are two readings: at one moment they agree.
                var trial = reading.Read(Study.Name).Trials[0];
                Assert.AreEqual(trial.Points.Count, trial.Steps);
            }

            return worker;
        });
    }

    private static T[] Race<T>(int workers, Func<int, T> run)
    {
        using var start = new Barrier(workers);
        var tasks = Enumerable.Range(0, workers).Select(worker => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return run(worker);
            },
            TaskCreationOptions.LongRunning)).ToArray();
        return Task.WhenAll(tasks).GetAwaiter().GetResult();
    }

    /// <summary>Until the store's clock has gone on: nobody has been silent for more than no time before.</summary>
    private static void Wait(SqlStudyStore store)
    {
        var from = store.Read(Study.Name).Now;
        while (store.Read(Study.Name).Now == from)
            Thread.Sleep(1);
    }
}
