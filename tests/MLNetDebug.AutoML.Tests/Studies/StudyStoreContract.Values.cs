using CsCheck;

namespace MLNetDebug.AutoML.Tests.Studies;

/// <summary>What is written comes back.</summary>
public abstract partial class StudyStoreContract
{
    private static readonly string[] Texts =
    [
        "", " ", "it's \"quoted\" `so`", "a\0b\0", "\0", "\U0001F600\u202E\u0301", "\uD83D", "\uDE00\uD83D", "\u001A0041", "\u001A", "a\r\nb\tc",
        "{0}", "@study", "'; DROP TABLE trial;--", "\\u0000", "\uFEFF\uFFFE\uFFFF",
    ];

    private static readonly double[] Numbers =
    [
        0, -0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue, double.MinValue, 0.1, 1.0 / 3, 1e-320, 9007199254740993, 1e21,
    ];

    [TestMethod]
    public void Texts_ComeBackAsTheyWere()
    {
        using var store = NewStore();
        foreach (var text in Texts.Append(new string('\u4E2D', 10_000)))
        {
            var study = new StudyDefinition("s" + text[..Math.Min(text.Length, 100)], "{}");
            store.Open(study);
            var plan = Plan(0) with { Arm = text };
            store.TryAdd(study.Name, plan, "dead");
            Damage("UPDATE trial SET heartbeat = 0");
            var claim = store.TryTakeOver(study.Name, text, TimeSpan.FromSeconds(1))!;
            Assert.AreEqual(plan, claim.Plan);
            Assert.IsTrue(store.Finish(claim, new TrialEnd(TrialState.Failed) { Reason = text, Findings = [new TrialFinding("MLD302", Severity.Info, text)] }));
            using var other = NewStore();
            var snapshot = other.Read(study.Name);
            Assert.AreEqual(study, snapshot.Definition);
            var trial = snapshot.Trials[0];
            Assert.AreEqual((plan, text, text), (trial.Plan, trial.Worker, trial.Reason));
            Assert.IsTrue(other.Events(study.Name).Skip(1).All(e => e.Worker == text));
            // A message is JSON in the store, where a lone surrogate has no form: it becomes U+FFFD.
            Assert.AreEqual(new TrialFinding("MLD302", Severity.Info, WellFormed(text)), trial.Findings.Single());
        }
    }

    [TestMethod]
    public void Numbers_ComeBackToTheBit()
    {
        using var store = Opened();
        var next = 0;
        var number = Gen.OneOf(Gen.Double, Gen.OneOfConst(Numbers), Gen.ULong.Select(BitConverter.UInt64BitsToDouble));
        Gen.Select(number.Array[1, 6], number.Where(double.IsFinite), Gen.Int, Gen.Long).Sample(
            (values, finite, whole, steps) =>
            {
                var bracket = new LearningRateBracket
                {
                    Moves = values[0],
                    DivergesLow = values[^1],
                    DivergesHigh = double.PositiveInfinity,
                    Rates = values,
                    Losses = [.. values.Reverse()],
                    Steps = steps,
                };
                var plan = new TrialPlan(next++, TrialKind.RangeTest, new TrialParameters([new("x y", finite), new("\u00E4\"", 1)]), whole, whole);
                var claim = store.TryAdd(Study.Name, plan, "a")!;
                foreach (var value in values)
                    store.Report(claim, new TrialPoint(whole, value, steps));
                store.Finish(claim, new TrialEnd(TrialState.Completed) { Metric = values[0], TestMetric = values[^1], Steps = steps, Bracket = bracket });
                var trial = store.Read(Study.Name).Trials[plan.Number];
                Assert.AreEqual(plan, trial.Plan);
                Assert.AreEqual(steps, trial.Steps);
                var back = trial.Bracket!;
                double[] written = [values[0], values[^1], finite, .. values, values[0], values[^1], double.PositiveInfinity, double.NaN, .. values, .. bracket.Losses];
                double[] read =
                [
                    trial.Metric, trial.TestMetric, trial.Plan.Parameters["x y"], .. trial.Points.Select(p => p.Metric), back.Moves, back.DivergesLow, back.DivergesHigh, back.Suggested,
                    .. back.Rates, .. back.Losses,
                ];
                CollectionAssert.AreEqual(written.Select(Bits).ToArray(), read.Select(Bits).ToArray());
                Assert.IsTrue(trial.Points.All(p => p.Epoch == whole && p.Steps == steps));
            },
            iter: 40, threads: 1);
    }

    /// <summary>Of NaN only that it is one is kept.</summary>
    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(double.IsNaN(value) ? double.NaN : value);

    private static string WellFormed(string text) => string.Concat(text.EnumerateRunes());
}
