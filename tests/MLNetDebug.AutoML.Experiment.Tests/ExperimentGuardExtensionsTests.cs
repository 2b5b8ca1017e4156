using Microsoft.ML;
using Microsoft.ML.AutoML;

namespace MLNetDebug.AutoML.Experiment.Tests;

[TestClass]
public sealed class ExperimentGuardExtensionsTests
{
    [TestMethod]
    public void Null_IsNamed()
    {
        Assert.AreEqual("experiment", Assert.ThrowsExactly<ArgumentNullException>(() => ((AutoMLExperiment)null!).UseGuard()).ParamName);
        Assert.AreEqual("runner", Assert.ThrowsExactly<ArgumentNullException>(() => ((AutoMLExperiment)null!).UseGuard((ITrialRunner)null!)).ParamName);
        Assert.AreEqual("factory", Assert.ThrowsExactly<ArgumentNullException>(() => ((AutoMLExperiment)null!).UseGuard((Func<IServiceProvider, ITrialRunner>)null!)).ParamName);
        Assert.ThrowsExactly<ArgumentNullException>(() => ((AutoMLExperiment)null!).TrialReports());
        Assert.ThrowsExactly<ArgumentNullException>(() => ((AutoMLExperiment)null!).SearchSpaceIssues());
    }
}
