using Microsoft.ML;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Zoo.Trainers;

namespace MLNetDebug.Tests.Guards;

[TestClass]
public sealed class GuardOptionsTests
{
    private static readonly MLContext Ml = new(1);

    [TestMethod]
    public void Defaults_are_as_documented_and_valid()
    {
        var options = new GuardOptions();
        Assert.AreEqual(DataChecks.Facts, options.Data);
        Assert.IsTrue(options.CheckModel);
        Assert.AreEqual(1000, options.ScoredRows);
        Assert.IsNull(options.Validation);
        Assert.IsNull(options.TimeBudget);
        Assert.IsNull(options.MaxPasses);
        Assert.AreEqual(DivergenceAction.Throw, options.OnDivergence);
        Assert.IsNull(options.Signals);
        Assert.IsFalse(options.CancellationToken.CanBeCanceled || options.StopToken.CanBeCanceled);
        Assert.AreEqual(Severity.Error, options.Diagnostics.FailOn);
        Guard(options);
        Guard(null);
    }

    public static IEnumerable<object[]> Inside =>
    [
        [new GuardOptions { ScoredRows = 20 }], [new GuardOptions { ScoredRows = 100_000 }], [new GuardOptions { MaxPasses = 1 }], [new GuardOptions { MaxPasses = long.MaxValue }],
        [new GuardOptions { TimeBudget = TimeSpan.FromMilliseconds(1) }], [new GuardOptions { TimeBudget = TimeSpan.FromDays(365) }],
        [new GuardOptions { Data = DataChecks.Full, Diagnostics = new DiagnosticsOptions { HoldOut = Rows } }],
    ];

    public static IEnumerable<object[]> Outside =>
    [
        [new GuardOptions { ScoredRows = 19 }, "ScoredRows"], [new GuardOptions { ScoredRows = 100_001 }, "ScoredRows"],
        [new GuardOptions { MaxPasses = 0 }, "MaxPasses"], [new GuardOptions { MaxPasses = -1 }, "MaxPasses"],
        [new GuardOptions { TimeBudget = TimeSpan.Zero }, "TimeBudget"], [new GuardOptions { TimeBudget = TimeSpan.FromTicks(9_999) }, "TimeBudget"],
        [new GuardOptions { TimeBudget = TimeSpan.FromDays(365) + TimeSpan.FromTicks(1) }, "TimeBudget"], [new GuardOptions { TimeBudget = TimeSpan.FromSeconds(-1) }, "TimeBudget"],
        [new GuardOptions { Data = (DataChecks)3 }, "Data: 3 is no DataChecks"], [new GuardOptions { OnDivergence = (DivergenceAction)2 }, "OnDivergence: 2 is no DivergenceAction"],
        [new GuardOptions { Diagnostics = new DiagnosticsOptions { HoldOut = Rows } }, "HoldOut is compared only with Data = DataChecks.Full"],
        [new GuardOptions { Diagnostics = new DiagnosticsOptions { Traits = new MLNetDebug.Data.TrainerTraits("x", default, null) } }, "must be left open"],
        [new GuardOptions { Diagnostics = null! }, "Diagnostics must not be null"],
        [new GuardOptions { Diagnostics = new DiagnosticsOptions { FailOn = (Severity)9 } }, "FailOn: 9 is no severity"],
    ];

    private static IDataView Rows => StockRows.Draw(5, 3).ToView();

    [TestMethod]
    [DynamicData(nameof(Inside))]
    public void The_ends_of_a_range_are_inside(GuardOptions options) => Guard(options);

    [TestMethod]
    [DynamicData(nameof(Outside))]
    public void What_is_outside_is_named(GuardOptions options, string says)
    {
        var e = Assert.ThrowsExactly<ArgumentException>(() => Guard(options));
        Assert.StartsWith("Invalid options: ", e.Message);
        Assert.Contains(says, e.Message);
        Assert.AreEqual("options", e.ParamName);
    }

    [TestMethod]
    public void Every_error_stands_in_one_message()
    {
        var message = Assert.ThrowsExactly<ArgumentException>(() => Guard(new GuardOptions
        {
            ScoredRows = 1,
            MaxPasses = 0,
            TimeBudget = TimeSpan.Zero,
            Data = (DataChecks)9,
            OnDivergence = (DivergenceAction)9,
            Diagnostics = new DiagnosticsOptions { Trainer = Ml.Regression.Trainers.Sdca(), HoldOut = Rows },
        })).Message;
        foreach (var part in new[] { "ScoredRows", "MaxPasses", "TimeBudget", "Data: 9", "OnDivergence: 9", "must be left open", "HoldOut" })
            Assert.Contains(part, message);
    }

    private static void Guard(GuardOptions? options) => Assert.IsNotNull(Ml.Regression.Trainers.Sdca().Guard(options));
}
