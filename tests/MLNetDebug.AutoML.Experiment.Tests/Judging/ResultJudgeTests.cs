using Microsoft.ML;
using MLNetDebug.Guards;

namespace MLNetDebug.AutoML.Experiment.Tests;

[TestClass]
public sealed class ResultJudgeTests
{
    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void WithoutData_ParametersTell()
    {
        Assert.Contains("parameters", Judge(Models.Dead(_ml))!);
        Assert.IsNull(Judge(Models.Healthy(_ml)));
    }

    [TestMethod]
    public void ADeadStage_InsideAChain_IsFound()
    {
        var rows = Models.Keyed(_ml, Rows.Draw(_ml, 200, 1));
        var chain = Models.DeadTrainer(_ml).Append(_ml.Transforms.CopyColumns("Copy", "Score")).Append(_ml.Regression.Trainers.Sdca(Models.Sdca())).Fit(rows);
        Assert.Contains("parameters", Judge(chain)!);
    }

    [TestMethod]
    public void WithData_ScoresTell_OfModelsThatShowNoParameters()
    {
        var model = _ml.Transforms.Expression("Score", "x => 0f / 0f", "Label").Fit(Rows.Draw(_ml, 9, 1));
        Assert.IsNull(Judge(model));
        Assert.IsNotNull(Judge(model, new FakeSplit(Rows.Draw(_ml, 9, 1), Rows.Draw(_ml, 100, 2))));
        Assert.IsNotNull(Judge(model, new FakeFolds(Rows.Draw(_ml, 100, 2), 3)));
    }

    [TestMethod]
    public void AModelOfOtherRowsThanTheExperiments_IsJudgedByItsParameters()
    {
        var other = _ml.Data.LoadFromEnumerable([new { Text = "a" }]);
        Assert.Contains("parameters", Judge(Models.Dead(_ml), new FakeFolds(other, 2))!);
        Assert.IsNull(Judge(Models.Healthy(_ml), new FakeFolds(other, 2)));
    }

    private string? Judge(ITransformer model, params object[] services) =>
        new ResultJudge(new GuardOptions(), new ExperimentRun(new FakeServices([_ml, .. services]))).Judge(model, Made.Trial(), CancellationToken.None).Dead;
}
