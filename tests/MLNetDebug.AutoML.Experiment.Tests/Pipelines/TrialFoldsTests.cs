using Microsoft.ML;
using Microsoft.ML.AutoML;
using Microsoft.ML.Data;

namespace MLNetDebug.AutoML.Experiment.Tests;

[TestClass]
public sealed class TrialFoldsTests
{
    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void Folds_TogetherHoldEveryRowOnce()
    {
        var data = Rows.Draw(_ml, 90, 1);
        var folds = TrialFolds.Of(new FakeFolds(data, 3), _ml, Made.Trial());
        Assert.HasCount(3, folds);
        Assert.AreEqual(90, folds.Sum(f => Count(f.Test)));
        Assert.IsTrue(folds.All(f => Count(f.Train) + Count(f.Test) == 90));
    }

    [TestMethod]
    public void ASplit_IsOneFold()
    {
        var (train, validation) = (Rows.Draw(_ml, 10, 1), Rows.Draw(_ml, 10, 2));
        var fold = TrialFolds.Of(new FakeSplit(train, validation), _ml, Made.Trial()).Single();
        Assert.AreSame(train, fold.Train);
        Assert.AreSame(validation, fold.Test);
    }

    [TestMethod]
    public void NoData_IsSaid()
    {
        Assert.Contains("SetDataset", Assert.ThrowsExactly<InvalidOperationException>(() => TrialFolds.Of(null, _ml, Made.Trial())).Message);
        Assert.Contains("SetDataset", Assert.ThrowsExactly<InvalidOperationException>(() => TrialFolds.Of(new Unknown(), _ml, Made.Trial())).Message);
    }

    private static long Count(IDataView view) => view.GetColumn<float>("Label").LongCount();

    private sealed class Unknown : IDatasetManager;
}
