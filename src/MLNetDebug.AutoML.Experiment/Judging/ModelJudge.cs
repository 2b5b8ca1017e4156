using Microsoft.ML;
using MLNetDebug.Data;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Predictions;

namespace MLNetDebug.AutoML.Experiment;

/// <summary>Judges a fitted model by MLD404: its parameters, and what it says of rows. A silenced rule gives no finding, but a model that is not finite never wins.</summary>
internal sealed class ModelJudge(GuardOptions options)
{
    /// <summary>Judges.</summary>
    /// <param name="name">What was fitted.</param>
    /// <param name="parameters">Its parameters; null where they cannot be read.</param>
    /// <param name="scored">Rows it has scored; null where there are none.</param>
    /// <param name="given">The same rows as they went into the pipeline, to tell whose fault a score is that is not finite.</param>
    /// <param name="trainer">The trainer, which knows the label; null for ML.NET's conventions.</param>
    /// <param name="cancellation">Ends the pass.</param>
    public Judgement Judge(string name, ParameterProfile? parameters, IDataView? scored, IDataView? given, object? trainer, CancellationToken cancellation)
    {
        var context = DiagnosticsRun.ContextOf(options.Diagnostics, cancellation);
        var predictions = scored is null ? null : new ScoreReader(options, context).Read(scored, trainer, name);
        var model = new ModelProfile
        {
            Name = name,
            Parameters = parameters,
            Predictions = predictions,
            IsConstantByDesign = name == "PriorTrainer",
        };
        var engine = DiagnosticsRun.EngineOf(options.Diagnostics, r => r.Measured == typeof(ModelProfile));
        var report = engine.Judge($"model of {name}", new Measurements().With(model), context.Unanswered);
        return new Judgement(report, DeadBy(report) ?? DeadBy(model) ?? (predictions is null || given is null ? null : DeadBy(predictions, given, cancellation)));
    }

    private static string? DeadBy(DiagnosticReport report) =>
        report.Of(RuleIds.DeadModel).FirstOrDefault(f => f.Severity == Severity.Error) is { } finding ? $"{finding.Rule.Id} {finding.Rule.Name}: {finding.Message}" : null;

    private static string? DeadBy(ModelProfile model) =>
        model.Parameters is { NonFinite: > 0 } parameters ? $"{Words.Number(parameters.NonFinite)} of {Words.Count(parameters.Count, "parameter")} of {model.Name} are NaN or infinite."
        : model.Predictions is { } said && said.Scores.NonFinite > said.Scores.NonFiniteFeatures
            ? $"{Words.Count(said.Scores.NonFinite - said.Scores.NonFiniteFeatures, "row")} get a score of {model.Name} that is NaN or infinite."
        : null;

    /// <summary>
    /// A score that is not finite is excused by a feature that is not, but only where the row came in like that: what a pipeline makes of its features is the trial's own doing.
    /// </summary>
    private static string? DeadBy(PredictionProfile predictions, IDataView given, CancellationToken cancellation)
    {
        var unscored = predictions.Scores.NonFinite;
        if (unscored == 0)
            return null;
        if (unscored == predictions.Rows)
            return $"None of {Words.Count(predictions.Rows, "row")} of the {predictions.Name} gets a finite score: evaluators skip such rows, and the metric stands on nothing.";
        var excused = GivenRows.CountNonFinite(given, predictions.Rows, cancellation);
        return unscored > excused
            ? $"{Words.Count(unscored, "row")} of the {predictions.Name} get a score that is NaN or infinite, but only {Words.Number(excused)} came in with a value that is: "
                + "the pipeline of this trial makes features infinite or NaN, and evaluators skip such rows."
            : null;
    }
}
