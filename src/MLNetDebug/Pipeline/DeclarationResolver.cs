using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;

namespace MLNetDebug.Pipeline;

/// <summary>Says what the columns are for: the user's word first, then the trainer's, then ML.NET's conventions, each assumption in a sentence.</summary>
internal sealed class DeclarationResolver
{
    private readonly DataViewSchema _schema;
    private readonly DiagnosticsOptions _options;
    private readonly TrainerFacts? _trainer;
    private readonly List<string> _assumptions = [];

    private DeclarationResolver(DataViewSchema schema, DiagnosticsOptions options, TrainerFacts? trainer)
    {
        _schema = schema;
        _options = options;
        _trainer = trainer;
    }

    /// <param name="schema">The data's schema.</param>
    /// <param name="options">What the user said.</param>
    /// <param name="pipelineTrainer">The trainer found in the pipeline; <see cref="DiagnosticsOptions.Trainer"/> wins over it.</param>
    /// <exception cref="ArgumentException">A named column is absent.</exception>
    public static DataDeclaration Resolve(DataViewSchema schema, DiagnosticsOptions options, object? pipelineTrainer = null)
    {
        if (options.Trainer is not null && !TrainerInspector.IsTrainer(options.Trainer))
            throw new ArgumentException($"Trainer is a {options.Trainer.GetType().Name}, which is no trainer: pass the estimator that learns, not a transform or a chain.", nameof(options));
        var trainer = TrainerInspector.Inspect(options.Trainer ?? pipelineTrainer);
        return new DeclarationResolver(schema, options, trainer).Resolve();
    }

    private DataDeclaration Resolve()
    {
        var label = Label();
        var group = Column(nameof(_options.Group), _options.Group, _trainer?.Group, "GroupId");
        var time = Named(nameof(_options.Time), _options.Time);
        // A trainer that names no weight reads none; without a column 'Features', a column of that name may well be a feature.
        var weight = _trainer is not null || _schema.GetColumnOrNull("Features") is null
            ? Column(nameof(_options.Weight), _options.Weight, _trainer?.Weight)
            : Column(nameof(_options.Weight), _options.Weight, _trainer?.Weight, "Weight", "ExampleWeight");
        var features = Features(label, group, weight, time);
        return new DataDeclaration
        {
            Label = label,
            Group = group,
            Weight = weight,
            Time = time,
            Features = features,
            Task = Task(label, group),
            Trainer = _options.Traits ?? _trainer?.Traits,
            BatchSize = _options.BatchSizeOrNull ?? _trainer?.BatchSize ?? DataDeclaration.DefaultBatchSize,
            ExpectOrdered = _options.ExpectOrdered,
            Assumptions = _assumptions,
        };
    }

    private string? Label()
    {
        if (_options.Label is null && _trainer is { IsUnsupervised: true })
        {
            _assumptions.Add($"No label: {_trainer.Traits.Name} reads none; pass Label = \"...\" to have labels checked.");
            return null;
        }

        if (Column(nameof(_options.Label), _options.Label, _trainer?.Label, "Label") is { } found)
            return found;
        var alike = Visible().Where(c => c.Name.Equals("Label", StringComparison.OrdinalIgnoreCase)).ToArray();
        if (alike is [var one])
            return Assume(one.Name, $"Label: '{one.Name}', by its name.");
        _assumptions.Add($"No label: the data has no column 'Label'; columns are {Names()}; pass Label = \"...\" to have labels checked.");
        return null;
    }

    private IReadOnlyList<string> Features(params string?[] taken)
    {
        if (_options.Features.Count > 0)
            return [.. _options.Features.Select(f => Named(nameof(_options.Features), f)!)];
        if (_trainer is { Features.Count: > 0 } && _trainer.Features.All(f => _schema.GetColumnOrNull(f) is not null))
        {
            _assumptions.Add($"Features: {Quote(_trainer.Features)}, as {_trainer.Traits.Name} reads them.");
            return _trainer.Features;
        }

        if (_schema.GetColumnOrNull("Features") is not null && !taken.Contains("Features"))
            return [Assume("Features", "Features: 'Features', by its name.")];
        string[] others = [.. Visible().Select(c => c.Name).Where(n => !taken.Contains(n))];
        _assumptions.Add(others.Length == 0
            ? "No features: the data has no column besides those named for other roles."
            : $"Features: all other columns ({Listed(others)}); pass Features = [...] to choose.");
        return others;
    }

    private LearningTask Task(string? label, string? group)
    {
        if (_options.Task != LearningTask.Unknown || label is null)
            return _options.Task;
        if (_trainer is { Task: not LearningTask.Unknown })
        {
            _assumptions.Add($"Task: {_trainer.Task}, as {_trainer.Traits.Name} learns.");
            return _trainer.Task;
        }

        var type = _schema[label].Type;
        var task = type is BooleanDataViewType ? LearningTask.BinaryClassification
            : type is KeyDataViewType ? (group is null ? LearningTask.MulticlassClassification : LearningTask.Ranking)
            : type is TextDataViewType ? LearningTask.MulticlassClassification
            : type is NumberDataViewType ? (group is null ? LearningTask.Regression : LearningTask.Ranking)
            : LearningTask.Unknown;
        _assumptions.Add(task == LearningTask.Unknown
            ? $"No task: a label of type {type} fits none; rules that need one did not run."
            : $"Task: {task}, as '{label}' is {type}{(group is null ? string.Empty : $" and '{group}' groups the rows")}; pass Task = LearningTask.... if it is another.");
        return task;
    }

    /// <summary>The user's column, else the trainer's, else the first conventional name that is there.</summary>
    private string? Column(string role, string? said, string? trainers, params string[] conventions)
    {
        if (said is not null)
            return Named(role, said);
        if (trainers is not null && _schema.GetColumnOrNull(trainers) is not null)
            return Assume(trainers, $"{role}: '{trainers}', as {_trainer!.Traits.Name} reads it.");
        return conventions.FirstOrDefault(c => _schema.GetColumnOrNull(c) is not null) is { } found
            ? Assume(found, $"{role}: '{found}', by its name.")
            : null;
    }

    private string? Named(string role, string? column)
    {
        if (column is null || _schema.GetColumnOrNull(column) is not null)
            return column;
        throw new ArgumentException($"The data has no column '{column}'; columns are {Names()}; pass {role} = {(role == nameof(_options.Features) ? "[\"...\"]" : "\"...\"")} with one of them.");
    }

    private string Assume(string column, string sentence)
    {
        _assumptions.Add(sentence);
        return column;
    }

    private IEnumerable<DataViewSchema.Column> Visible() => _schema.Where(c => !c.IsHidden);

    private string Names() => Listed([.. Visible().Select(c => c.Name)]);

    private static string Quote(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"'{n}'"));

    private static string Listed(string[] names) =>
        names.Length == 0 ? "none" : names.Length <= 12 ? Quote(names) : $"{Quote(names.Take(12))} and {names.Length - 12} more";
}
