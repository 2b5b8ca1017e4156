using Microsoft.ML;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Predictions;

namespace MLNetDebug.AutoML.Experiment.Tests;

[TestClass]
public sealed class ModelJudgeTests
{
    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void AHealthyModel_Lives()
    {
        var rows = Rows.Draw(_ml, 200, 2);
        var judged = Judge(new ParameterProfile("test", [new ParameterTensor("w", 4, 0, 1)]), Models.Healthy(_ml).Transform(rows), rows);
        Assert.IsNull(judged.Dead);
        Assert.IsEmpty(judged.Report.Findings);
    }

    [TestMethod]
    public void ParametersThatAreNotFinite_AreDead() =>
        Assert.Contains("2 of 4 parameters", Judge(new ParameterProfile("test", [new ParameterTensor("w", 4, 2, 1)]), null, null).Dead!);

    [TestMethod]
    public void OneAnswerForEveryRow_IsDead()
    {
        var rows = Rows.Draw(_ml, 200, 2);
        var constant = _ml.Transforms.Expression("Score", "x => 3f", "Label").Fit(rows).Transform(rows);
        Assert.Contains("the same answer (score 3)", Judge(null, constant, rows).Dead!);
    }

    [TestMethod]
    public void OneRowWithoutAScore_IsDead()
    {
        var rows = Rows.Draw(_ml, 200, 2);
        var scored = _ml.Transforms.Expression("Score", "x => x > 1.9f ? 1f / 0f : x", "Label").Fit(rows).Transform(rows);
        Assert.Contains("NaN or infinite", Judge(null, scored, rows).Dead!);
    }

    [TestMethod]
    public void ASilencedRule_GivesNoFinding_ButTheDeadStayDead()
    {
        var options = new GuardOptions { Diagnostics = new DiagnosticsOptions { Silence = [RuleIds.DeadModel] } };
        var judged = new ModelJudge(options).Judge("M", new ParameterProfile("test", [new ParameterTensor("w", 4, 4, 0)]), null, null, null, CancellationToken.None);
        Assert.IsEmpty(judged.Report.Findings);
        Assert.Contains("4 of 4 parameters of M", judged.Dead!);
    }

    [TestMethod]
    public void WhatCannotBeJudged_IsSaid_AndLives()
    {
        var rows = Rows.Draw(_ml, 50, 2);
        var judged = Judge(null, rows, rows);
        Assert.IsNull(judged.Dead);
        Assert.Contains(n => n.Reason.Contains("no column 'Score'"), judged.Report.NotChecked);
    }

    private static Judgement Judge(ParameterProfile? parameters, IDataView? scored, IDataView? given) =>
        new ModelJudge(new GuardOptions()).Judge("M", parameters, scored, given, null, CancellationToken.None);
}
