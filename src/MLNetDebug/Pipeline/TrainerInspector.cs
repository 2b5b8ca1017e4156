using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using MLNetDebug.Data;

namespace MLNetDebug.Pipeline;

/// <summary>What an estimator says of itself as a trainer.</summary>
/// <param name="Traits">Its name, family and need of normalisation.</param>
/// <param name="Task">What it learns.</param>
internal sealed record TrainerFacts(TrainerTraits Traits, LearningTask Task)
{
    /// <summary>Feature columns; empty where it does not say.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    public string? Label { get; init; }

    /// <summary>True for trainers that read no label (clusters, anomalies).</summary>
    public bool IsUnsupervised { get; init; }

    public string? Weight { get; init; }

    public string? Group { get; init; }

    /// <summary>Rows per step; null where it does not say.</summary>
    public int? BatchSize { get; init; }
}

/// <summary>Tells trainers from transforms, and reads what a trainer says of itself.</summary>
internal static class TrainerInspector
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>
    /// True for estimators that learn a model of the label or the features. Calibrators and tree featurisers give prediction
    /// transformers too, but they come after a trainer or stand for a transform.
    /// </summary>
    public static bool IsTrainer(object estimator)
    {
        estimator = Unwrapped(estimator);
        if (estimator is ITrainerEstimator<ISingleFeaturePredictionTransformer<object>, object>)
            return true;
        if (ClosedTrainer.Of(estimator) is not null)
            return true;
        var name = estimator.GetType().Name;
        return !name.Contains("Calibrator", StringComparison.Ordinal) && !name.Contains("Featurization", StringComparison.Ordinal)
            && (estimator is IEstimator<IPredictionTransformer<object>> || Plain(name).EndsWith("Trainer", StringComparison.Ordinal));
    }

    /// <summary>What the trainer says of itself; null for what is no trainer.</summary>
    public static TrainerFacts? Inspect(object? estimator)
    {
        if (estimator is null || !IsTrainer(estimator))
            return null;
        estimator = Unwrapped(estimator);
        if (estimator is ITrainerDeclaration declared)
            return declared.Facts;
        if (ClosedTrainer.Of(estimator) is { } closed)
            return FactsOf(closed);
        var name = Plain(estimator.GetType().Name);
        // A meta trainer reads features and learns as the binary trainer inside it does.
        var inner = FieldOf(estimator, "Trainer");
        var family = TrainerFamilies.Of(inner is null ? name : inner.GetType().Name);
        bool? needs = estimator is ITrainerEstimator<ISingleFeaturePredictionTransformer<object>, object> known ? known.Info.NeedNormalization : null;
        var fitted = FittedName(estimator);
        return new TrainerFacts(new TrainerTraits(name, family, needs), TaskOf(estimator))
        {
            Features = FieldOf(estimator, "FeatureColumns") is SchemaShape.Column[] several ? [.. several.Select(c => c.Name).OfType<string>()]
                : ColumnOf(inner ?? estimator, "FeatureColumn") is { } single ? [single] : [],
            Label = ColumnOf(estimator, "LabelColumn"),
            IsUnsupervised = fitted.StartsWith("Clustering", StringComparison.Ordinal) || fitted.StartsWith("Anomaly", StringComparison.Ordinal),
            Weight = ColumnOf(inner ?? estimator, "WeightColumn"),
            Group = ColumnOf(estimator, "GroupIdColumn"),
        };
    }

    // They read rows in file order and take a step per batch, whatever the network does with them.
    private static TrainerFacts FactsOf(ClosedTrainer closed) => new(
        new TrainerTraits(closed.Name, TrainerFamily.StochasticGradient, false)
        {
            CountsClassesFromRows = closed.Kind is ClosedTrainerKind.TextClassification or ClosedTrainerKind.ObjectDetection,
            NeedsKeyValues = closed.Kind is ClosedTrainerKind.TextClassification or ClosedTrainerKind.NamedEntityRecognition or ClosedTrainerKind.ObjectDetection,
        },
        closed.Task)
    {
        // Where an answer begins is no label: nothing a label must be holds for it.
        Label = closed.Kind == ClosedTrainerKind.QuestionAnswer ? null : closed.Label,
        Features = closed.Features,
        BatchSize = closed.BatchSize,
    };

    /// <summary>The trainer inside a guard; any other estimator is itself.</summary>
    public static object Unwrapped(object estimator) => estimator is IGuarded guarded ? Unwrapped(guarded.Inner) : estimator;

    private static LearningTask TaskOf(object estimator)
    {
        var fitted = FittedName(estimator);
        return fitted.StartsWith("Binary", StringComparison.Ordinal) || fitted.StartsWith("FieldAware", StringComparison.Ordinal) ? LearningTask.BinaryClassification
            : fitted.StartsWith("Multiclass", StringComparison.Ordinal) ? LearningTask.MulticlassClassification
            : fitted.StartsWith("Regression", StringComparison.Ordinal) ? LearningTask.Regression
            : fitted.StartsWith("Ranking", StringComparison.Ordinal) ? LearningTask.Ranking
            : LearningTask.Unknown;
    }

    private static string FittedName(object estimator) => estimator.GetType().GetInterfaces()
        .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEstimator<>))
        .Select(i => i.GetGenericArguments()[0].Name).FirstOrDefault(string.Empty);

    private static string? ColumnOf(object estimator, string field) =>
        FieldOf(estimator, field) is SchemaShape.Column { Name: { Length: > 0 } name } ? name : null;

    private static object? FieldOf(object owner, string name)
    {
        for (var type = owner.GetType(); type is not null; type = type.BaseType)
        {
            if (type.GetField(name, Declared) is { } field)
                return field.GetValue(owner);
        }

        return null;
    }

    private static string Plain(string typeName) => typeName.Split('`')[0];
}
