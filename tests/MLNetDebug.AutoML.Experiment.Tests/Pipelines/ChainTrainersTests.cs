using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.AutoML.Experiment.Tests;

[TestClass]
public sealed class ChainTrainersTests
{
    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void TheLastTrainer_IsFound_InNestedChainsToo()
    {
        var sdca = _ml.Regression.Trainers.Sdca();
        var nested = _ml.Transforms.NormalizeMinMax("Features").Append(sdca);
        Assert.AreSame(sdca, ChainTrainers.LastOf(new EstimatorChain<ITransformer>().Append(nested).Append(_ml.Transforms.CopyColumns("S", "Score"))));
        Assert.AreSame(sdca, ChainTrainers.LastOf(sdca));
    }

    [TestMethod]
    public void WithoutATrainer_ThereIsNone() => Assert.IsNull(ChainTrainers.LastOf(new EstimatorChain<ITransformer>().Append(_ml.Transforms.NormalizeMinMax("Features"))));
}
