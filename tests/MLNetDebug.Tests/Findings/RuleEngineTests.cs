namespace MLNetDebug.Tests.Findings;

[TestClass]
public sealed class RuleEngineTests
{
    [TestMethod]
    public void Run_MakesEachMeasurementOnce_AndOnlyThoseThatRulesNeed()
    {
        var (first, second, unused) = (new CountingMeasurer<First>(() => new First(1)), new SecondMeasurer(), new CountingMeasurer<Unused>(() => new Unused()));
        Rule[] rules = [new FirstRule("T1"), new FirstRule("T2"), new SecondRule("T3")];
        var report = new RuleEngine(rules).Run("test", [first, second, unused], new RunContext());
        Assert.AreEqual(1, first.Calls);
        Assert.AreEqual(1, second.Calls);
        Assert.AreEqual(0, unused.Calls);
        Assert.AreEqual(3, report.Checked.Count);
        CollectionAssert.AreEquivalent(new[] { nameof(First), nameof(Second) }, report.Timings.Select(t => t.Name).ToArray());
    }

    [TestMethod]
    public void Run_WithoutAMeasurement_DoesNotSayTheRuleWasChecked()
    {
        var report = new RuleEngine([new FirstRule("T1")]).Run("test", [new CountingMeasurer<First>(() => null)], new RunContext());
        Assert.IsEmpty(report.Checked);
        Assert.IsEmpty(report.Findings);
    }

    [TestMethod]
    public void Run_TriesAMeasurementThatCannotBeMadeOnce_HoweverManyNeedIt()
    {
        var first = new CountingMeasurer<First>(() => null, run => run.NotChecked(Place, "no rows"));
        Rule[] rules = [new FirstRule("T1"), new SecondRule("T2")];
        var second = new CountingMeasurer<Second>(() => null, needs: typeof(First));
        var report = new RuleEngine(rules).Run("test", [first, second], new RunContext());
        Assert.AreEqual(1, first.Calls);
        Assert.AreEqual("no rows", report.NotChecked.Single().Reason);
    }

    [TestMethod]
    public void Silenced_RuleAndItsMeasurerDoNotRun()
    {
        var measurer = new CountingMeasurer<First>(() => new First(1));
        var report = new RuleEngine([new FirstRule("T1")], new Dictionary<string, Severity> { ["T1"] = Severity.None }).Run("test", [measurer], new RunContext());
        Assert.AreEqual(0, measurer.Calls);
        Assert.IsEmpty(report.Checked);
    }

    [TestMethod]
    public void Override_WinsOverRuleAndFinding()
    {
        var overrides = new Dictionary<string, Severity> { ["T1"] = Severity.Error };
        var rule = new FirstRule("T1", (_, sink) => sink.Report(new FindingDraft(Place, "x") { Severity = Severity.Info }));
        Assert.AreEqual(Severity.Error, Judge([rule], overrides).Findings.Single().Severity);
        Assert.AreEqual(Severity.Info, Judge([rule]).Findings.Single().Severity);
    }

    [TestMethod]
    public void Symptom_IsFoldedUnderItsRoot_UnlessItIsAnErrorOrTheRootIsAnInfo()
    {
        FirstRule Root(Severity s) => new("T1", (_, sink) => sink.Report(new FindingDraft(Place, "root") { Severity = s }));
        FirstRule Symptom(Severity s) => new("T2", (_, sink) => sink.Report(new FindingDraft(Place, "symptom") { Severity = s }), symptomOf: "T1");
        Assert.AreEqual("T1", Judge([Symptom(Severity.Warning), Root(Severity.Warning)]).Of("T2").Single().FoldedUnder);
        Assert.IsNull(Judge([Symptom(Severity.Error), Root(Severity.Warning)]).Of("T2").Single().FoldedUnder);
        Assert.IsNull(Judge([Symptom(Severity.Warning), Root(Severity.Info)]).Of("T2").Single().FoldedUnder);
        Assert.AreEqual("T1", Judge([Symptom(Severity.Warning), Root(Severity.Warning)]).Findings[0].Rule.Id);
    }

    [TestMethod]
    public void Tests_OfAllRulesStandInOneFamily()
    {
        Hypothesis? one = null;
        Hypothesis? two = null;
        var report = Judge(
        [
            new FirstRule("T1", (_, sink) => one = sink.Test(Place, 0.02, 1, 0.1)),
            new FirstRule("T2", (_, sink) => two = sink.Test(Place, 0.03, 1, 0.1)),
        ]);
        Assert.AreEqual(2, report.FamilySize);
        Assert.AreEqual(0.04, one!.AdjustedPValue, 1e-12);
        Assert.AreEqual(0.04, two!.AdjustedPValue, 1e-12);
        Assert.IsTrue(one.IsFound && two.IsFound);
    }

    [TestMethod]
    public void Test_NeedsBothProbabilityAndEffect()
    {
        Assert.AreEqual(TestOutcome.Found, Outcome(0.01, 0.2, 0.1));
        Assert.AreEqual(TestOutcome.NotFound, Outcome(0.01, 0.05, 0.1));
        Assert.AreEqual(TestOutcome.NotFound, Outcome(0.2, 0.5, 0.1));
        Assert.AreEqual(TestOutcome.Undetermined, Outcome(0.2, 0.05, 0.1, _ => 0.3));
        Assert.AreEqual(TestOutcome.NotFound, Outcome(0.2, 0.05, 0.1, _ => 0.09));
        Assert.AreEqual(TestOutcome.NotFound, Outcome(double.NaN, 1, 0.1));
    }

    [TestMethod]
    public void Test_IsHeldAgainstTheAlphaThatWasAskedFor()
    {
        Hypothesis? test = null;
        var rule = new FirstRule("T1", (_, sink) => test = sink.Test(Place, 0.02, 0.05, 0.1));
        Judge([rule]);
        Assert.IsTrue(test!.IsSignificant);
        Assert.IsFalse(test.IsFound);
        new RuleEngine([rule], alpha: 0.01).Judge("test", new Measurements().With(new First(1)));
        Assert.AreEqual(0.01, test.Alpha);
        Assert.IsFalse(test.IsSignificant);
    }

    [TestMethod]
    public void AfterTests_KnowsTheOutcome()
    {
        var rule = new FirstRule("T1", (_, sink) =>
        {
            var test = sink.Test(Place, 1e-6, 1, 0.1);
            sink.AfterTests(() =>
            {
                if (test.IsFound)
                    sink.Report(new FindingDraft(Place, "found"));
            });
        });
        Assert.AreEqual("found", Judge([rule]).Findings.Single().Message);
    }

    [TestMethod]
    public void Unanswered_QuestionsOfRulesAndMeasurersStandInTheReport()
    {
        var measurer = new CountingMeasurer<First>(() => new First(1), run => run.NotChecked(Place, "too wide"));
        var rule = new FirstRule("T1", (_, sink) => sink.NotChecked(Place, "too few rows", 709));
        var report = new RuleEngine([rule]).Run("test", [measurer], new RunContext());
        CollectionAssert.AreEqual(new[] { "too wide", "too few rows" }, report.NotChecked.Select(n => n.Reason).ToArray());
        Assert.AreEqual(709, report.NotChecked[1].RowsNeeded);
        Assert.AreEqual("T1", report.NotChecked[1].RuleId);
    }

    [TestMethod]
    public void Run_StopsBetweenMeasurersWhereCancelled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var measurer = new CountingMeasurer<First>(() => new First(1));
        Assert.ThrowsExactly<OperationCanceledException>(() => new RuleEngine([new FirstRule("T1")]).Run("test", [measurer], new RunContext { Cancellation = source.Token }));
        Assert.AreEqual(0, measurer.Calls);
    }

    private static Subject Place => new(SubjectKind.DataSet, "data");

    private static TestOutcome Outcome(double p, double effect, double floor, Func<double, double>? resolution = null)
    {
        Hypothesis? test = null;
        Judge([new FirstRule("T1", (_, sink) => test = sink.Test(Place, p, effect, floor, resolution))]);
        return test!.Outcome;
    }

    private static DiagnosticReport Judge(Rule[] rules, IReadOnlyDictionary<string, Severity>? overrides = null) =>
        new RuleEngine(rules, overrides).Judge("test", new Measurements().With(new First(1)));

    private sealed record First(int Value);

    private sealed record Second(int Value);

    private sealed record Unused;

    private sealed class CountingMeasurer<T>(Func<T?> make, Action<RunContext>? also = null, Type? needs = null) : Measurer<T>
        where T : class
    {
        public int Calls { get; private set; }

        public override IReadOnlyList<Type> Needs => needs is null ? [] : [needs];

        protected override T? Measure(Measurements have, RunContext run)
        {
            Calls++;
            also?.Invoke(run);
            return make();
        }
    }

    private sealed class SecondMeasurer : Measurer<Second>
    {
        public int Calls { get; private set; }

        public override IReadOnlyList<Type> Needs => [typeof(First)];

        protected override Second? Measure(Measurements have, RunContext run)
        {
            Calls++;
            return new Second(have.Get<First>()!.Value + 1);
        }
    }

    private sealed class FirstRule(string id, Action<First, FindingSink>? judge = null, string? symptomOf = null) : Rule<First>
    {
        public override RuleDescriptor Descriptor { get; } = new(id, id, "A fault.", RuleCategory.Data, Severity.Warning, ProofKind.Fact)
        {
            SymptomOf = symptomOf is null ? [] : [symptomOf],
        };

        protected override void Judge(First measured, FindingSink sink) => judge?.Invoke(measured, sink);
    }

    private sealed class SecondRule(string id) : Rule<Second>
    {
        public override RuleDescriptor Descriptor { get; } = new(id, id, "A fault.", RuleCategory.Data, Severity.Warning, ProofKind.Fact);

        protected override void Judge(Second measured, FindingSink sink) => sink.Report(new FindingDraft(new Subject(SubjectKind.DataSet, "data"), "second"));
    }
}
