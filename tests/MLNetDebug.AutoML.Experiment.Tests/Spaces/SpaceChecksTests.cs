using CsCheck;

namespace MLNetDebug.AutoML.Experiment.Tests;

[TestClass]
public sealed class SpaceChecksTests
{
    private static readonly Gen<double> Bound = Gen.OneOf(
        Gen.Double[-10, 10], Gen.Const(0.0), Gen.Const(1.0), Gen.Const(double.NaN), Gen.Const(double.PositiveInfinity), Gen.Const(double.MinValue), Gen.Const(double.MaxValue),
        Gen.Double[-300, 300].Select(e => Math.Pow(10, e)));

    private static readonly Gen<SpaceOption> Numbers = Gen.Select(Bound, Bound, Gen.Bool).Select((min, max, log) =>
        new SpaceOption("x", SpaceOptionKind.Double) { Min = min, Max = max, IsLog = log, Start = [0] });

    [TestMethod]
    public void Fatal_IsWhatSamplesWrongly_AndNothingElse() => Numbers.Where(o => !(Math.Abs(o.Max - o.Min) <= 1e-6 * Math.Max(Math.Abs(o.Min), Math.Abs(o.Max)))).Sample(
        option =>
        {
            var isFatal = SpaceChecks.Judge([option, Varied], TunerKind.Random).Any(i => i.IsFatal);
            var drawn = Enumerable.Range(0, 21).Select(i => Sample(option, i * 0.99999999 / 20)).ToArray();
            var isWrong = drawn.Any(v => !double.IsFinite(v) || !double.IsFinite(Share(option, v)) || v < option.Min - Slack(option) || v > option.Max + Slack(option));
            Assert.AreEqual(isWrong, isFatal, $"[{option.Min}, {option.Max}] log={option.IsLog}");
        },
        iter: 20_000,
        threads: 1);

    [TestMethod]
    public void LastWholeNumber_IsReportedWhereItMattersAndNeverDrawn() => Gen.Select(Gen.Int[1, 500], Gen.Int[1, 500], Gen.Bool).Sample(
        (min, span, log) =>
        {
            var option = new SpaceOption("n", SpaceOptionKind.Int) { Min = min, Max = min + span, IsLog = log, Start = [0] };
            var isReported = SpaceChecks.Judge([option], TunerKind.Random).Any(i => i.What.Contains("never drawn"));
            // Drawn as AutoML draws; a thousand even draws up to, not including, the end of the range.
            Assert.DoesNotContain(option.Max, Enumerable.Range(0, 1000).Select(i => Math.Floor(Sample(option, i / 1000.0))));
            var values = option.Max - option.Min + 1;
            if (!log)
                Assert.AreEqual(values <= 100, isReported, $"[{option.Min}, {option.Max}]");
        },
        iter: 500,
        threads: 1);

    [TestMethod]
    public void LogRange_IsReportedByTheShareOfItsEnd()
    {
        Assert.HasCount(1, SpaceChecks.Judge([Int(1, 4, isLog: true)], TunerKind.Random));
        Assert.IsEmpty(SpaceChecks.Judge([Int(1, 1024, isLog: true)], TunerKind.Random));
    }

    [TestMethod]
    [DataRow(TunerKind.EciCostFrugal, true)]
    [DataRow(TunerKind.CostFrugal, true)]
    [DataRow(TunerKind.Smac, true)]
    [DataRow(TunerKind.Random, false)]
    [DataRow(TunerKind.Grid, false)]
    [DataRow(TunerKind.Other, false)]
    public void EqualBounds_AreFatalForTunersThatMapValuesBack(object tuner, bool isFatal) =>
        Assert.AreEqual(isFatal, SpaceChecks.Judge([new SpaceOption("x", SpaceOptionKind.Single) { Min = 2, Max = 2, Start = [0] }, Varied], (TunerKind)tuner).Any(i => i.IsFatal));

    [TestMethod]
    [DataRow(7.0, TunerKind.CostFrugal, true)]
    [DataRow(-0.1, TunerKind.EciCostFrugal, true)]
    [DataRow(double.NaN, TunerKind.CostFrugal, true)]
    [DataRow(1.0000001, TunerKind.CostFrugal, false)]
    [DataRow(0.0, TunerKind.CostFrugal, false)]
    [DataRow(7.0, TunerKind.Random, false)]
    public void DefaultOutside_IsFatalForTunersThatBeginThere(double start, object tuner, bool isFatal) =>
        Assert.AreEqual(isFatal, SpaceChecks.Judge([Varied with { Start = [start] }], (TunerKind)tuner).Any(i => i.IsFatal));

    [TestMethod]
    public void Choices_ThatStandTwice_AreATrap()
    {
        var issue = SpaceChecks.Judge([Choice("a", "b", "a")], TunerKind.Random).Single();
        Assert.Contains("twice", issue.What);
        Assert.IsFalse(issue.IsFatal);
    }

    [TestMethod]
    public void NoChoice_IsFatal() => Assert.IsTrue(SpaceChecks.Judge([Choice(), Varied], TunerKind.Random).Single().IsFatal);

    [TestMethod]
    public void OneChoice_MisalignsTheGridOnly()
    {
        Assert.Contains("grid", SpaceChecks.Judge([Choice("a"), Varied], TunerKind.Grid).Single().What);
        Assert.Contains("without alternatives", SpaceChecks.Judge([Choice("a") with { Key = "_SCHEMA_" }, Varied], TunerKind.Grid).Single().What);
        Assert.IsEmpty(SpaceChecks.Judge([Choice("a"), Varied], TunerKind.EciCostFrugal));
        Assert.IsEmpty(SpaceChecks.Judge([Choice("a", "b"), Varied], TunerKind.Grid));
    }

    [TestMethod]
    public void NoRangeAtAll_IsATrap()
    {
        Assert.Contains("every trial has the same", SpaceChecks.Judge([Choice("a")], TunerKind.Random).Single().What);
        Assert.IsEmpty(SpaceChecks.Judge([Choice("a"), new SpaceOption("own", SpaceOptionKind.Unknown)], TunerKind.Random), "What is unknown may vary.");
        Assert.IsEmpty(SpaceChecks.Judge([], TunerKind.Random), "An experiment without a search space has none to be wrong.");
    }

    [TestMethod]
    public void EveryIssue_NamesItsOption_AndSaysWhatToDo()
    {
        SpaceOption[] options = [Varied with { Key = "a/nan", Min = double.NaN }, Varied with { Key = "a/rev", Min = 5 }, Varied with { Key = "a/log", IsLog = true }, Choice() with { Key = "a/none" }];
        var issues = SpaceChecks.Judge(options, TunerKind.Other);
        CollectionAssert.AreEqual(options.Select(o => o.Key).ToArray(), issues.Select(i => i.Key).ToArray());
        Assert.IsTrue(issues.All(i => i.IsFatal && i.Advice.EndsWith('.') && i.ToString().StartsWith($"'{i.Key}'")));
    }

    private static SpaceOption Varied => new("v", SpaceOptionKind.Double) { Min = 0, Max = 1, Start = [0.5] };

    private static SpaceOption Int(int min, int max, bool isLog) => new("n", SpaceOptionKind.Int) { Min = min, Max = max, IsLog = isLog, Start = [0] };

    private static SpaceOption Choice(params string[] choices) => new("c", SpaceOptionKind.Choice) { Choices = choices, Start = choices.Length > 1 ? [0] : [] };

    /// <summary>How AutoML 0.23 turns a share into a value.</summary>
    private static double Sample(SpaceOption o, double share) => o.IsLog ? o.Min * Math.Pow(o.Max / o.Min, share) : o.Min + ((o.Max - o.Min) * share);

    /// <summary>How it maps a value back.</summary>
    private static double Share(SpaceOption o, double value) => o.IsLog
        ? (Math.Log(value) - Math.Log(o.Min)) / (Math.Log(o.Max) - Math.Log(o.Min))
        : (value / (o.Max - o.Min)) - (o.Min / (o.Max - o.Min));

    private static double Slack(SpaceOption o) => 1e-9 * Math.Max(Math.Abs(o.Min), Math.Abs(o.Max));
}
