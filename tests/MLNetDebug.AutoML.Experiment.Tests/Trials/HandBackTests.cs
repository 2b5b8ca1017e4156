namespace MLNetDebug.AutoML.Experiment.Tests;

[TestClass]
public sealed class HandBackTests
{
    private static readonly TrialReport Report = new() { TrialId = 3, Outcome = TrialOutcome.Dead, Reason = "dead", Parameters = string.Empty, Duration = TimeSpan.FromSeconds(2) };

    public static IEnumerable<object[]> Others => new object[] { new EciCostFrugalTuner(), new CostFrugalTuner(), new RandomSearchTuner(), new GridSearchTuner(), new UsersTuner() }.Select(t => new[] { t });

    [TestMethod]
    [DynamicData(nameof(Others))]
    public void Tuners_GetTheExceptionThatAutoMLMakesAFailedTrialOf(object tuner)
    {
        var monitor = new FakeMonitor();
        var cause = new InvalidOperationException();
        var e = Assert.ThrowsExactly<TrialFailedException>(() => HandBack.Failed(Made.Trial(3), Report, new TrialEnd(TrialOutcome.Dead, "dead") { Error = cause }, Run(tuner, monitor)));
        Assert.AreSame(cause, e.InnerException);
        Assert.IsEmpty(monitor.Failed, "AutoML tells the monitor itself.");
    }

    [TestMethod]
    [DataRow("LogLoss", double.MaxValue)]
    [DataRow("LogLossReduction", double.MinValue)]
    [DataRow("AreaUnderRocCurve", double.MinValue)]
    public void Smac_GetsAnInfiniteLossAndAFiniteMetric_AndTheMonitorHearsOfTheFailure(string metric, double worst)
    {
        var monitor = new FakeMonitor();
        var settings = Made.Trial(3);
        var result = HandBack.Failed(settings, Report, new TrialEnd(TrialOutcome.Dead, "dead"), Run(new SmacTuner(), monitor, new FakeMetric(metric, isMaximize: false)));
        Assert.AreEqual(double.PositiveInfinity, result.Loss);
        Assert.AreEqual(worst, result.Metric);
        Assert.AreEqual(2000, result.DurationInMilliseconds);
        Assert.AreSame(settings, result.TrialSettings);
        Assert.IsNull(result.Model);
        var (failed, error) = monitor.Failed.Single();
        Assert.AreSame(settings, failed);
        Assert.AreSame(Report, ((TrialFailedException)error!).Trial);
    }

    [TestMethod]
    public void Durations_AreNeverZero() => Assert.AreEqual(1, HandBack.Milliseconds(TimeSpan.Zero));

    private static ExperimentRun Run(params object[] services) => new(new FakeServices(services));
}
