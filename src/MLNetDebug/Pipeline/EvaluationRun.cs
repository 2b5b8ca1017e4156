using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;
using MLNetDebug.Predictions;

namespace MLNetDebug.Pipeline;

/// <summary>One evaluation: the profile of the predictions, ML.NET's metrics where they mean something, and the report.</summary>
internal static class EvaluationRun
{
    private const string Name = "scored data";

    public static Evaluation Execute(MLContext ml, IDataView scored, EvaluateOptions options, CancellationToken cancellation)
    {
        var diagnostics = options.Diagnostics;
        using var linked = DiagnosticsRun.Link(diagnostics, cancellation);
        var engine = DiagnosticsRun.EngineOf(diagnostics, r => r.Measured == typeof(PredictionProfile) || r.Measured == typeof(ModelProfile));
        var resolved = PredictionColumnResolver.Resolve(scored.Schema, options, Name);
        var context = DiagnosticsRun.ContextOf(diagnostics, linked.Token);
        // The profile is part of what is returned, also where every rule that reads it is silenced.
        var started = Stopwatch.GetTimestamp();
        var profile = PredictionPass.Profile(scored, resolved.Columns, resolved.Task, Name, context);
        profile = profile with { Losses = [.. profile.Losses, .. options.Losses] };
        var timings = new List<Timing> { new(nameof(PredictionProfile), Stopwatch.GetElapsedTime(started)) };

        var invalid = EvaluationWords.Invalid(profile);
        object? metrics = null;
        if (invalid is null)
        {
            started = Stopwatch.GetTimestamp();
            (metrics, invalid) = Metrics(ml, scored, resolved, profile);
            timings.Add(new Timing("ML.NET's evaluator", Stopwatch.GetElapsedTime(started)));
        }

        var subject = new Subject(SubjectKind.Model, Name);
        if (invalid is not null)
            context.NotChecked(subject, $"the metrics: {invalid}");
        foreach (var metric in metrics is null ? [] : MetricsRun.Undefined(metrics))
            context.NotChecked(subject, $"{metric}: ML.NET gives no finite value on these rows");
        linked.Token.ThrowIfCancellationRequested();
        var model = new ModelProfile { Name = "the model", Predictions = profile, IsHeldOut = true };
        var report = engine.Judge(Name, new Measurements().With(profile).With(model), context.Unanswered) with { Assumptions = resolved.Assumptions, Facts = PredictionFacts.Of(profile), Timings = timings };
        return new Evaluation
        {
            Task = resolved.Task,
            Values = metrics is null ? MetricsRun.Invalid(resolved) : MetricsRun.ValuesOf(metrics),
            Invalid = invalid,
            Binary = metrics as BinaryClassificationMetrics,
            Multiclass = metrics as MulticlassClassificationMetrics,
            Regression = metrics as RegressionMetrics,
            Ranking = metrics as RankingMetrics,
            Profile = profile,
            Report = report,
        };
    }

    private static (object? Metrics, string? Invalid) Metrics(MLContext ml, IDataView scored, ResolvedPredictions resolved, PredictionProfile profile)
    {
        try
        {
            // Rows beyond a budget were not looked at: a score among them that is not finite would go unseen.
            var seen = profile.EndedEarly ? ml.Data.TakeRows(scored, profile.Rows) : scored;
            return (MetricsRun.Evaluate(ml, seen, resolved), null);
        }
        catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
        {
            return (null, EvaluationWords.Refused(profile, e));
        }
    }
}
