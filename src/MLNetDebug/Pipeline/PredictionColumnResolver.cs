using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;
using MLNetDebug.Predictions;

namespace MLNetDebug.Pipeline;

/// <summary>What scored rows are: task and columns, and what was assumed of them.</summary>
/// <param name="Task">What the model learned.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Group">The group column of a ranking; null where there is none.</param>
/// <param name="Assumptions">One sentence each.</param>
internal sealed record ResolvedPredictions(LearningTask Task, PredictionColumns Columns, string? Group, IReadOnlyList<string> Assumptions);

/// <summary>Says which columns of scored rows are what: the user's word first, then what the score column says of itself, then ML.NET's conventions.</summary>
internal sealed class PredictionColumnResolver
{
    private const string Kind = "ScoreColumnKind";

    private readonly DataViewSchema _schema;
    private readonly PredictionOptions _options;
    private readonly string _name;
    private readonly List<string> _assumptions = [];

    private PredictionColumnResolver(DataViewSchema schema, PredictionOptions options, string name) => (_schema, _options, _name) = (schema, options, name);

    /// <exception cref="ArgumentException">A named column is absent, or the scores are of a kind that has no answers to hold them against.</exception>
    public static ResolvedPredictions Resolve(DataViewSchema schema, PredictionOptions options, string name) => new PredictionColumnResolver(schema, options, name).Resolve();

    private ResolvedPredictions Resolve()
    {
        var score = Named(nameof(_options.Score), _options.Score ?? "Score");
        var label = Label();
        var probability = _options.Probability is { } said ? Named(nameof(_options.Probability), said) : Of("Probability", c => c.Type == NumberDataViewType.Single);
        var group = _options.Diagnostics.Group is { } named ? Named(nameof(DiagnosticsOptions.Group), named) : Of("GroupId", _ => true);
        var task = Task(_schema[score], label, probability, group);
        var columns = new PredictionColumns(score)
        {
            Label = label,
            Probability = task == LearningTask.BinaryClassification ? probability : null,
            PredictedLabel = Predicted(task),
            Features = Features(),
            ScoreIsProbability = _options.ScoreIsProbability,
        };
        return new ResolvedPredictions(task, columns, task == LearningTask.Ranking ? group : null, _assumptions);
    }

    private string? Label()
    {
        if (_options.Diagnostics.Label is { } said)
            return Named(nameof(DiagnosticsOptions.Label), said);
        if (_schema.GetColumnOrNull("Label") is null)
        {
            _assumptions.Add($"No label: the {_name} has no column 'Label'; columns are {Names()}; pass Label = \"...\" to have the scores held against it.");
            return null;
        }

        return "Label";
    }

    private IReadOnlyList<string> Features() => _options.Diagnostics.Features.Count > 0
        ? [.. _options.Diagnostics.Features.Select(f => Named(nameof(DiagnosticsOptions.Features), f))]
        : Of("Features", _ => true) is { } features ? [features] : [];

    private string? Predicted(LearningTask task)
    {
        if (task is not (LearningTask.BinaryClassification or LearningTask.MulticlassClassification))
            return null;
        if (_options.PredictedLabel is { } said)
            return Named(nameof(_options.PredictedLabel), said);
        if (Of("PredictedLabel", c => PredictionSchema.IsPredictedClass(c, task)) is { } found)
            return found;
        _assumptions.Add(_schema.GetColumnOrNull("PredictedLabel") is { } other
            ? $"Predicted classes: those with the highest score, as 'PredictedLabel' is {other.Type}."
            : "Predicted classes: those with the highest score, as there is no column 'PredictedLabel'.");
        return null;
    }

    private LearningTask Task(DataViewSchema.Column score, string? label, string? probability, string? group)
    {
        if (_options.Diagnostics.Task != LearningTask.Unknown)
            return _options.Diagnostics.Task;
        if (KindOf(score) is { } kind)
        {
            LearningTask? known = kind switch
            {
                "BinaryClassification" => LearningTask.BinaryClassification,
                "MulticlassClassification" => LearningTask.MulticlassClassification,
                "Regression" => LearningTask.Regression,
                "Ranking" => LearningTask.Ranking,
                _ => null,
            };
            return known ?? throw new ArgumentException(
                $"The scores of '{score.Name}' are of the kind {kind}: there are no answers to hold them against. Two classes, several classes, regression and ranking are evaluated; pass Task = LearningTask.... if they are one of these.");
        }

        var type = label is null ? null : _schema[label].Type;
        var task = score.Type is VectorDataViewType ? LearningTask.MulticlassClassification
            : type is BooleanDataViewType || probability is not null || Of("PredictedLabel", c => c.Type is BooleanDataViewType) is not null ? LearningTask.BinaryClassification
            : group is not null ? LearningTask.Ranking
            : LearningTask.Regression;
        _assumptions.Add($"Task: {task}, as '{score.Name}' is {score.Type}{(type is null ? string.Empty : $" and '{label}' is {type}")}; pass Task = LearningTask.... if it is another.");
        return task;
    }

    private static string? KindOf(DataViewSchema.Column score)
    {
        if (score.Annotations.Schema.GetColumnOrNull(Kind) is not { Type: TextDataViewType })
            return null;
        ReadOnlyMemory<char> kind = default;
        score.Annotations.GetValue(Kind, ref kind);
        return kind.ToString();
    }

    private string? Of(string convention, Func<DataViewSchema.Column, bool> fits) => _schema.GetColumnOrNull(convention) is { } column && fits(column) ? convention : null;

    private string Named(string role, string column) => _schema.GetColumnOrNull(column) is not null ? column : throw new ArgumentException(
        $"The {_name} has no column '{column}'; columns are {Names()}; pass {role} = {(role == nameof(DiagnosticsOptions.Features) ? "[\"...\"]" : "\"...\"")} with one of them{(role == nameof(_options.Score) ? ", and data that a fitted model has transformed" : string.Empty)}.");

    private string Names() => MendCode.Quoted([.. _schema.Where(c => !c.IsHidden).Select(c => c.Name)]);
}
