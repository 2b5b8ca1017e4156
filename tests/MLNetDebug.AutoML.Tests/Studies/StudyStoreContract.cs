namespace MLNetDebug.AutoML.Tests.Studies;

/// <summary>What every study store does.</summary>
public abstract partial class StudyStoreContract
{
    private protected static readonly StudyDefinition Study = new("sweep", """{"Epochs":20,"Seed":1}""");

    /// <summary>Another process' way to the same studies, or the first one.</summary>
    protected abstract SqlStudyStore NewStore();

    /// <summary>Changes the tables behind the store's back.</summary>
    protected abstract void Damage(string sql);

    private protected static TrialPlan Plan(int number) => new(number, TrialKind.Search, new TrialParameters([new("LearningRate", 0.1 + number), new("BatchSize", 32)]), 7, 20);

    private SqlStudyStore Opened()
    {
        var store = NewStore();
        store.Open(Study);
        return store;
    }

    [TestMethod]
    public void Open_FindsAStudyAsItWasCreated()
    {
        using var store = Opened();
        store.Open(Study);
        using var other = NewStore();
        other.Open(Study);
        var snapshot = other.Read(Study.Name);
        Assert.AreEqual(Study, snapshot.Definition);
        Assert.AreEqual(0, snapshot.Trials.Count);
        Assert.IsTrue(snapshot.Now >= snapshot.Created && snapshot.Now - snapshot.Created < TimeSpan.FromMinutes(5), $"{snapshot.Created} to {snapshot.Now}");
        Assert.AreEqual(0, store.Events(Study.Name).Count);
    }

    [TestMethod]
    public void Open_WithOtherSettingsNamesWhichDiffer()
    {
        using var store = Opened();
        var thrown = Assert.ThrowsExactly<ArgumentException>(() => store.Open(Study with { Settings = """{"Seed":2,"Epochs":20,"Budget":{}}""" }));
        StringAssert.Contains(thrown.Message, "Seed (1 in the study, 2 asked), Budget (absent in the study, {} asked)");
        Assert.IsFalse(thrown.Message.Contains("Epochs"));
        Assert.AreEqual(Study, store.Read(Study.Name).Definition);
    }

    [TestMethod]
    public void Open_TakesTheSameSettingsInAnotherOrder()
    {
        using var store = Opened();
        store.Open(Study with { Settings = """{ "Seed": 1, "Epochs": 20 }""" });
        Assert.AreEqual(Study, store.Read(Study.Name).Definition);
    }

    [TestMethod]
    public void Open_RefusesNamesThatAreNone()
    {
        using var store = NewStore();
        Assert.ThrowsExactly<ArgumentException>(() => store.Open(new StudyDefinition("", "{}")));
        Assert.ThrowsExactly<ArgumentException>(() => store.Open(new StudyDefinition(new string('x', 201), "{}")));
        Assert.ThrowsExactly<ArgumentNullException>(() => store.Open(null!));
    }

    [TestMethod]
    public void Studies_AreNamedInTheOrderOfTheirCreation()
    {
        using var store = NewStore();
        string[] names = ["b", "a", "C", "\U0001F600", "it's \"x\"; DROP TABLE study;--"];
        foreach (var name in names)
            store.Open(new StudyDefinition(name, "{}"));
        CollectionAssert.AreEqual(names, store.Studies().ToArray());
    }

    [TestMethod]
    public void Study_ThatIsUnknownNamesThoseThereAre()
    {
        using var store = NewStore();
        StringAssert.Contains(Assert.ThrowsExactly<KeyNotFoundException>(() => store.Read("x")).Message, "it has no study at all");
        store.Open(Study);
        var claim = new TrialClaim("SWEEP", Plan(0), 1);
        Action[] calls =
        [
            () => store.Read("SWEEP"), () => store.Events("SWEEP"), () => store.TryAdd("SWEEP", Plan(0), "a"), () => store.TryTakeOver("SWEEP", "a", TimeSpan.Zero),
            () => store.Beat(claim), () => store.Report(claim, new TrialPoint(1, 0, 0)), () => store.Finish(claim, new TrialEnd(TrialState.Failed)),
        ];
        foreach (var call in calls)
            StringAssert.Contains(Assert.ThrowsExactly<KeyNotFoundException>(call).Message, "it has 'sweep'");
    }

    [TestMethod]
    public void TryAdd_TakesTheNextNumberOnly()
    {
        using var store = Opened();
        Assert.IsNull(store.TryAdd(Study.Name, Plan(1), "a"));
        Assert.IsNull(store.TryAdd(Study.Name, Plan(-1), "a"));
        var claim = store.TryAdd(Study.Name, Plan(0), "a")!;
        Assert.AreEqual((Study.Name, Plan(0), 1), (claim.Study, claim.Plan, claim.Attempt));
        Assert.IsNull(store.TryAdd(Study.Name, Plan(0), "b"));
        Assert.IsNotNull(store.TryAdd(Study.Name, Plan(1), "b"));
        var trials = store.Read(Study.Name).Trials;
        CollectionAssert.AreEqual(new[] { Plan(0), Plan(1) }, trials.Select(t => t.Plan).ToArray());
        CollectionAssert.AreEqual(new[] { "a", "b" }, trials.Select(t => t.Worker).ToArray());
        Assert.IsTrue(trials.All(t => t is { State: TrialState.Running, Attempt: 1, Ended: null, Steps: 0, Reason: null, Bracket: null } && double.IsNaN(t.Metric) && double.IsNaN(t.TestMetric)));
    }

    [TestMethod]
    public void Report_AddsPointsToTheRecord()
    {
        using var store = Opened();
        var claim = store.TryAdd(Study.Name, Plan(0), "a")!;
        TrialPoint[] points = [new(1, 0.5, 10), new(2, double.NaN, 20), new(2, double.NegativeInfinity, 30)];
        foreach (var point in points)
            Assert.IsTrue(store.Report(claim, point));
        var trial = store.Read(Study.Name).Trials[0];
        CollectionAssert.AreEqual(points, trial.Points.ToArray());
        Assert.AreEqual(30, trial.Steps);
        Assert.AreEqual(TrialState.Running, trial.State);
    }

    [TestMethod]
    [DataRow(TrialState.Completed, TrialEventKind.Completed)]
    [DataRow(TrialState.Pruned, TrialEventKind.Pruned)]
    [DataRow(TrialState.Failed, TrialEventKind.Failed)]
    public void Finish_EndsATrialForGood(TrialState state, TrialEventKind kind)
    {
        using var store = Opened();
        var claim = store.TryAdd(Study.Name, Plan(0), "a")!;
        store.Report(claim, new TrialPoint(1, 0.5, 10));
        var end = new TrialEnd(state) { Metric = 0.25, TestMetric = 0.125, Steps = 11, Reason = "why", Findings = [new TrialFinding("MLD302", Severity.Warning, "too large")] };
        Assert.IsTrue(store.Finish(claim, end));
        Assert.IsFalse(store.Finish(claim, end with { Metric = 1 }));
        Assert.IsFalse(store.Report(claim, new TrialPoint(2, 0.6, 20)));
        Assert.IsFalse(store.Beat(claim));
        Assert.IsNull(store.TryTakeOver(Study.Name, "b", TimeSpan.Zero));
        var trial = store.Read(Study.Name).Trials[0];
        Assert.AreEqual((state, 0.25, 0.125, 11L, "why"), (trial.State, trial.Metric, trial.TestMetric, trial.Steps, trial.Reason));
        Assert.IsTrue(trial.Ended >= trial.Started);
        CollectionAssert.AreEqual(end.Findings.ToArray(), trial.Findings.ToArray());
        Assert.AreEqual(1, trial.Points.Count);
        var events = store.Events(Study.Name);
        CollectionAssert.AreEqual(new[] { TrialEventKind.Started, TrialEventKind.Reported, kind }, events.Select(e => e.Kind).ToArray());
        CollectionAssert.AreEqual(new[] { 1L, 2, 3 }, events.Select(e => e.Sequence).ToArray());
        Assert.IsTrue(events.All(e => e is { Trial: 0, Attempt: 1, Worker: "a" } && (e.Kind == TrialEventKind.Reported) == (e.Point is not null)));
    }

    [TestMethod]
    public void Store_RefusesWhatItCouldNotReadBack()
    {
        using var store = Opened();
        var claim = store.TryAdd(Study.Name, Plan(0), "a")!;
        Assert.ThrowsExactly<ArgumentException>(() => store.TryAdd(Study.Name, Plan(1) with { Kind = (TrialKind)9 }, "a"));
        Assert.ThrowsExactly<ArgumentException>(() => store.Finish(claim, new TrialEnd(TrialState.Running)));
        Assert.ThrowsExactly<ArgumentException>(() => store.Finish(claim, new TrialEnd(TrialState.Failed) { Findings = [new TrialFinding("x", (Severity)9, "y")] }));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => store.TryTakeOver(Study.Name, "a", TimeSpan.FromTicks(-1)));
        Assert.AreEqual(TrialState.Running, store.Read(Study.Name).Trials.Single().State);
    }

    [TestMethod]
    public void Store_ThatWasDisposedSaysSo()
    {
        var store = Opened();
        store.Dispose();
        store.Dispose();
        Assert.ThrowsExactly<ObjectDisposedException>(() => store.Read(Study.Name));
    }

    [TestMethod]
    public void Store_OfANewerVersionIsRefused()
    {
        using (var store = Opened())
            Damage("UPDATE mlnetdebug_version SET version = 2");
        using var refused = NewStore();
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => refused.Studies()).Message, "update MLNetDebug");
    }
}
