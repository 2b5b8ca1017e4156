using System.Diagnostics;
using Microsoft.ML;
using MLNetDebug.Data;
using MLNetDebug.Predictions;

namespace MLNetDebug.Pipeline;

/// <summary>Compares a model's answers on validation and on test rows, and the rows themselves.</summary>
internal static class CompareRun
{
    private const string ValidationName = "validation data";
    private const string TestName = "test data";

    public static DiagnosticReport Execute(MLContext ml, ITransformer model, IDataView validation, IDataView test, CompareOptions options, CancellationToken cancellation)
    {
        var diagnostics = options.Diagnostics;
        using var linked = DiagnosticsRun.Link(diagnostics, cancellation);
        // What validation and test rows share was not trained on: rows that were are counted by MLD402.
        var engine = DiagnosticsRun.EngineOf(diagnostics, r => Measured.Contains(r.Measured) && r.Descriptor.Id is not (RuleIds.SplitLeakage or RuleIds.GroupLeakage));
        var context = DiagnosticsRun.ContextOf(diagnostics, linked.Token);
        var (scored, scoredTest) = (Through(model, validation, ValidationName), Through(model, test, TestName));
        var resolved = PredictionColumnResolver.Resolve(scored.Schema, options, ValidationName);
        var declaration = Declaration(scored, model, resolved, diagnostics);
        var columns = resolved.Columns with { Features = declaration.Features };

        var started = Stopwatch.GetTimestamp();
        var answers = PredictionPass.Profile(scored, columns, resolved.Task, ValidationName, context);
        var testColumns = columns.Label is { } label && scoredTest.Schema.GetColumnOrNull(label) is null ? columns with { Label = null } : columns;
        var testAnswers = PredictionPass.Profile(scoredTest, testColumns, resolved.Task, TestName, context);
        var timing = new Timing(nameof(PredictionProfile), Stopwatch.GetElapsedTime(started));

        var pair = new EvaluationPairMeasurer(answers, testAnswers, scored)
        {
            Train = options.Train is null ? null : Through(model, options.Train, "training data"),
            Reported = options.ReportedValidationMetric is { } metric ? Recomputed(ml, scored, resolved, answers, metric) : null,
        };
        var have = new Measurements().With(testAnswers).With(new ModelProfile { Name = "the model", Predictions = testAnswers, IsHeldOut = true })
            .With(new DataInputs(scored, scoredTest, declaration) { TrainName = ValidationName, TestName = TestName, IsTrained = false });
        var report = engine.Run($"{ValidationName} and {TestName}", [.. MeasurerCatalog.Create(), pair], context, have);
        return report with
        {
            Assumptions = [.. resolved.Assumptions, .. declaration.Assumptions],
            Facts = [.. PredictionFacts.Of(answers), .. PredictionFacts.Of(testAnswers)],
            Timings = [timing, .. report.Timings],
        };
    }

    private static readonly Type[] Measured = [typeof(EvaluationPair), typeof(SplitComparison), typeof(DomainClassifier), typeof(PredictionProfile), typeof(ModelProfile)];

    private static IDataView Through(ITransformer model, IDataView data, string name)
    {
        try
        {
            return model.Transform(data);
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException($"The {name} does not fit the model: {e.Message.ReplaceLineEndings(" ")} Pass rows as they go into the model.", e);
        }
    }

    /// <summary>The columns of the rows themselves: the model's features by what its predictor reads.</summary>
    private static DataDeclaration Declaration(IDataView scored, ITransformer model, ResolvedPredictions resolved, DiagnosticsOptions diagnostics)
    {
        var read = ModelFeatures.Of(model);
        var features = diagnostics.Features.Count > 0 ? diagnostics.Features
            : read is not null && scored.Schema.GetColumnOrNull(read) is not null ? [read]
            : scored.Schema.GetColumnOrNull("Features") is not null ? ["Features"]
            : (IReadOnlyList<string>)[.. Others(scored.Schema, resolved, diagnostics)];
        var declaration = DeclarationResolver.Resolve(scored.Schema, diagnostics with { Label = resolved.Columns.Label, Features = features, Task = resolved.Task });
        string[] assumed = diagnostics.Features.Count > 0 ? [] : [$"Features: {MendCode.Quoted(features)}{(features.Count == 1 && features[0] == read ? ", as the model's predictor reads them" : string.Empty)}."];
        return declaration with { Assumptions = [.. declaration.Assumptions.Where(a => !resolved.Assumptions.Contains(a)), .. assumed] };
    }

    /// <summary>Every column that is neither an answer nor has another role.</summary>
    private static IEnumerable<string> Others(DataViewSchema schema, ResolvedPredictions resolved, DiagnosticsOptions diagnostics)
    {
        var columns = resolved.Columns;
        string?[] taken = [columns.Score, columns.Label, columns.Probability, columns.PredictedLabel, "Probability", "PredictedLabel", diagnostics.Group, diagnostics.Weight, diagnostics.Time, "GroupId"];
        return schema.Where(c => !c.IsHidden && !taken.Contains(c.Name)).Select(c => c.Name);
    }

    private static ReportedComparison? Recomputed(MLContext ml, IDataView scored, ResolvedPredictions resolved, PredictionProfile answers, ReportedMetric metric)
    {
        // Where no metric means anything there is nothing to hold the reported one against; the rule says why.
        if (EvaluationWords.Invalid(answers) is not null)
            return null;
        var values = MetricsRun.ValuesOf(MetricsRun.Evaluate(ml, scored, resolved));
        var name = metric.Name == "Accuracy" && !values.ContainsKey("Accuracy") ? "MicroAccuracy" : metric.Name;
        if (!values.TryGetValue(name, out var recomputed))
            throw new ArgumentException($"There is no metric '{metric.Name}' of {LabelFacts.Name(resolved.Task)}; metrics are {string.Join(", ", values.Keys)}.");
        return new ReportedComparison(name, metric.Value, recomputed, MetricsRun.IsShare(name));
    }
}
