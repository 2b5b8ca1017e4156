using System.Reflection;
using Microsoft.ML;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Zoo.Trainers;
using MLNetDebug.Zoo.Views;

namespace MLNetDebug.Tests.Guards.Failures;

[TestClass]
public sealed class FailureReaderTests
{
    private static readonly StockRows Rows = StockRows.Draw(60);

    private readonly MLContext _ml = new(1);

    public static IEnumerable<object[]> Unrelated =>
    [
        [new IOException("The disk is full.")],
        [new OutOfMemoryException("Insufficient memory.")],
        [new InvalidOperationException("Splitter/consolidator worker encountered exception while consuming source data", new FormatException("Bad header in line 3."))],
        [new FileNotFoundException("Could not find file '/data/train.csv'.")],
        [new DirectoryNotFoundException("Could not find a part of the path '/data/train.csv'.")],
        [new NullReferenceException("Object reference not set to an instance of an object.")],
        [new ArgumentNullException("items")],
        [new DivideByZeroException("Attempted to divide by zero.")],
        [new IndexOutOfRangeException("Index was outside the bounds of the array.")],
    ];

    [TestMethod]
    [DynamicData(nameof(Unrelated))]
    public void What_nothing_is_known_of_is_left_alone(Exception error)
    {
        var failure = Thrown.Read(error, _ml.Regression.Trainers.Sdca(StockRows.Target), Rows.ToView());
        Assert.IsNull(failure.Cause);
        Assert.AreEqual((error.InnerException ?? error).Message, failure.Message);
        Assert.AreEqual(new Subject(SubjectKind.Run, "SdcaRegressionTrainer"), failure.Subject);
        Assert.IsEmpty(failure.Advice);
        Assert.IsNull(failure.Mend);
    }

    [TestMethod]
    public void The_innermost_exception_is_the_one_that_says_something()
    {
        var said = new InvalidOperationException("Training set has 0 instances, aborting training.");
        var wrapped = new AggregateException(new TargetInvocationException(new InvalidOperationException("A worker failed.", said)));
        Assert.AreEqual(said.Message, Thrown.Read(wrapped, _ml.Regression.Trainers.Sdca(), Rows.ToView()).Message);
        // An exception of another kind is what its author meant it to be.
        Assert.AreEqual("outer", Thrown.Read(new FormatException("outer", said), _ml.Regression.Trainers.Sdca()).Message);
    }

    [TestMethod]
    public void A_guard_throws_the_users_own_exception_where_it_knows_nothing_of_it()
    {
        var broken = new MemoryView(50, new MemoryColumn<float>(StockRows.Target, Microsoft.ML.Data.NumberDataViewType.Single, (long row, ref float value) => value = row < 40 ? row : throw new FormatException("Row 40 is no number.")), MemoryColumns.Vector("Features", [[.. Enumerable.Range(0, 50).Select(i => (float)i)]], null));
        var guarded = _ml.Regression.Trainers.OnlineGradientDescent(StockRows.Target).Guard(new GuardOptions { Data = DataChecks.None, Diagnostics = new DiagnosticsOptions { Sinks = [] } });
        Assert.AreEqual("Row 40 is no number.", Assert.ThrowsExactly<FormatException>(() => guarded.Fit(broken)).Message);
        Assert.AreEqual(FitOutcome.Failed, guarded.LastRun!.Outcome);
        Assert.Contains(n => n.Reason.Contains("Row 40 is no number.", StringComparison.Ordinal), guarded.LastReport!.NotChecked);
    }

    [TestMethod]
    public void A_guard_explains_what_it_knows_and_keeps_the_exception()
    {
        var guarded = _ml.Regression.Trainers.OnlineGradientDescent(StockRows.Target).Guard(new GuardOptions { Data = DataChecks.None, Diagnostics = new DiagnosticsOptions { Sinks = [] } });
        var e = Assert.ThrowsExactly<DiagnosticException>(() => guarded.Fit(Rows.WithFeatures((v, _) => v * 1e30f).ToView()));
        Assert.Contains("invalid values", e.InnerException!.Message);
        Assert.AreEqual(RuleIds.FitFailed, e.Report.Findings.Single(f => f.Severity == Severity.Error).Rule.Id);
    }
}
