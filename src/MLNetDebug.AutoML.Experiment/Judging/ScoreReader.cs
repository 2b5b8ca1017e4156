using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Predictions;

namespace MLNetDebug.AutoML.Experiment;

/// <summary>Profiles the scores that a model gave to rows, by the column names ML.NET gives them.</summary>
internal sealed class ScoreReader(GuardOptions options, RunContext context)
{
    private const string Rows = "validation data";

    /// <summary>The profile; null where there is no score of a kind that is known, and the context then says so.</summary>
    public PredictionProfile? Read(IDataView scored, object? trainer, string name)
    {
        if (scored.Schema.GetColumnOrNull("Score") is not { } score)
        {
            NotChecked(name, "its output has no column 'Score'");
            return null;
        }

        var profiler = new PredictionProfiler();
        try
        {
            var declaration = DeclarationResolver.Resolve(scored.Schema, options.Diagnostics, trainer);
            if (declaration.Task != LearningTask.Unknown && ScoreColumns.Of(scored.Schema, declaration) is { } columns)
                return profiler.Profile(scored, columns, declaration.Task, Rows, null, context.Cancellation);
        }
        catch (ArgumentException e)
        {
            // Labels and predictions may be mapped after the trainer: whether scores are finite can be told without them.
            NotChecked(name, $"its answers against the labels: {e.Message.ReplaceLineEndings(" ")}");
        }

        if (TaskOf(score.Type) is { } task)
            return profiler.Profile(scored, new PredictionColumns("Score"), task, Rows, null, context.Cancellation);
        NotChecked(name, $"its column 'Score' is {score.Type}");
        return null;
    }

    /// <summary>A task whose scores have that type, where nothing but scores is looked at.</summary>
    private static LearningTask? TaskOf(DataViewType type) =>
        type == NumberDataViewType.Single ? LearningTask.Ranking
        : type is VectorDataViewType { IsKnownSize: true } vector && vector.ItemType == NumberDataViewType.Single ? LearningTask.MulticlassClassification
        : null;

    private void NotChecked(string name, string reason) => context.NotChecked(new Subject(SubjectKind.Model, name), $"what it says of the {Rows}: {reason}", RuleIds.DeadModel);
}
