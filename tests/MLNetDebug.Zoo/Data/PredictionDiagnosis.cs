using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Zoo.Data;

/// <summary>Has a case learned by a real trainer, and its predictions judged.</summary>
internal static class PredictionDiagnosis
{
    /// <summary>The report of <c>ml.Diagnostics().Evaluate</c> on the case's hold-out rows.</summary>
    public static DiagnosticReport Evaluate(ZooCase zooCase)
    {
        var ml = new MLContext(1);
        var model = zooCase.Learner.Pipeline(ml, zooCase.Train).Fit(zooCase.Train.ToView());
        return Evaluate(ml, model, zooCase).Report;
    }

    /// <summary>The report of <c>ml.Diagnostics().Compare</c> on the case's validation and hold-out rows.</summary>
    public static DiagnosticReport Compare(ZooCase zooCase)
    {
        var ml = new MLContext(1);
        var divided = zooCase.WithValidation();
        var model = divided.Learner.Pipeline(ml, divided.Train).Fit(divided.Train.ToView());
        return Compare(ml, model, divided);
    }

    /// <summary>Evaluates a fitted model.</summary>
    public static Evaluation Evaluate(MLContext ml, ITransformer model, ZooCase zooCase)
    {
        var scored = model.Transform(zooCase.Test!.ToView());
        var given = zooCase.Tamper?.Invoke(ml, scored) ?? scored;
        return ml.Diagnostics().Evaluate(given, new EvaluateOptions
        {
            ScoreIsProbability = zooCase.ScoreIsProbability,
            Losses = zooCase.OwnLoss is { } loss ? [loss(given)] : [],
            Diagnostics = Quiet,
        });
    }

    /// <summary>Compares a fitted model's validation and hold-out rows.</summary>
    public static DiagnosticReport Compare(MLContext ml, ITransformer model, ZooCase divided)
    {
        var validation = divided.Validation!.ToView();
        return ml.Diagnostics().Compare(model, validation, divided.Test!.ToView(), new CompareOptions
        {
            Train = divided.Train.ToView(),
            ReportedValidationMetric = divided.ReportedRows is { } rows ? Reported(ml, model, divided.Validation, rows) : null,
            Diagnostics = Quiet with { Group = divided.Train.Declaration.Group },
        });
    }

    private static DiagnosticsOptions Quiet => new() { Sinks = [] };

    /// <summary>The accuracy of the last rows only.</summary>
    private static ReportedMetric Reported(MLContext ml, ITransformer model, ZooTable validation, int rows)
    {
        var last = validation.Select([.. Enumerable.Range(validation.Rows - rows, rows)]);
        var scored = model.Transform(last.ToView());
        var accuracy = validation.Classes == 2
            ? Share(scored.GetColumn<bool>("Label"), scored.GetColumn<bool>("PredictedLabel"))
            : Share(scored.GetColumn<uint>("Label"), scored.GetColumn<uint>("PredictedLabel"));
        return new ReportedMetric("Accuracy", accuracy);
    }

    private static double Share<T>(IEnumerable<T> labels, IEnumerable<T> predicted) => labels.Zip(predicted, (l, p) => Equals(l, p) ? 1.0 : 0).Average();
}
