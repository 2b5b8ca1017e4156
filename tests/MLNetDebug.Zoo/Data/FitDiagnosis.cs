using Microsoft.ML;
using Microsoft.ML.Trainers;
using MLNetDebug.Data;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Zoo.Networks;

namespace MLNetDebug.Zoo.Data;

/// <summary>Has a case learned under guard, and gives what the guard said.</summary>
internal static class FitDiagnosis
{
    private static GuardOptions Options(params string[] silenced) => new() { Diagnostics = new DiagnosticsOptions { Sinks = [], Silence = silenced } };

    /// <summary>The report of a guarded fit by one of ML.NET's trainers.</summary>
    public static DiagnosticReport Run(ZooCase zooCase) =>
        ReportOf(() => (zooCase.FitWith ?? Usual(zooCase.Train.Task))(new MLContext(1)).Guard(Options()).Fit(zooCase.Train.ToView()));

    /// <summary>The report of a guarded fit of a network.</summary>
    /// <param name="zooCase">The case.</param>
    /// <param name="silenced">Rules that would end it before what is looked for.</param>
    public static DiagnosticReport RunNetwork(ZooCase zooCase, params string[] silenced)
    {
        var setup = zooCase.Network;
        var guarded = setup.Create().Guard(Options(silenced));
        var rows = setup.Rows(NetworkRows.Of(zooCase.Train));
        if (setup.IsFittedBefore)
            guarded.Fit(setup.Rows(NetworkRows.Of(zooCase.Train.Select([.. Enumerable.Range(0, zooCase.Train.Rows).Where(i => zooCase.Train.Label[i] < 2)]) with { Classes = 2 })).ToView(setup.Kind));
        return ReportOf(() => guarded.Fit(rows.ToView(setup.Kind)));
    }

    private static DiagnosticReport ReportOf(Func<ITransformer> fit)
    {
        try
        {
            return fit().DiagnosticReports().Last();
        }
        catch (DiagnosticException e)
        {
            return e.Report;
        }
    }

    private static Func<MLContext, IEstimator<ITransformer>> Usual(LearningTask task) => task switch
    {
        LearningTask.BinaryClassification => ml => ml.BinaryClassification.Trainers.SdcaLogisticRegression(new SdcaLogisticRegressionBinaryTrainer.Options { NumberOfThreads = 1, MaximumNumberOfIterations = 50 }),
        LearningTask.MulticlassClassification => ml => ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(),
        _ => ml => ml.Regression.Trainers.OnlineGradientDescent(learningRate: 0.01f),
    };
}
