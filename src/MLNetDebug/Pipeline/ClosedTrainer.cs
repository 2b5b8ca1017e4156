using System.Reflection;
using Microsoft.ML;
using MLNetDebug.Data;

namespace MLNetDebug.Pipeline;

/// <summary>The trainers of Microsoft.ML.TorchSharp.</summary>
internal enum ClosedTrainerKind
{
    TextClassification,
    SentenceSimilarity,
    NamedEntityRecognition,
    QuestionAnswer,
    ObjectDetection,
}

/// <summary>
/// A trainer of Microsoft.ML.TorchSharp, whose options are not public once it is made. Read by the names of its fields, without a reference to its package; what a
/// version does not have is null here, and said to be unknown where it is asked for.
/// </summary>
internal sealed class ClosedTrainer
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<string, (ClosedTrainerKind Kind, string WeightsFile)> ByName = new()
    {
        ["TextClassificationTrainer"] = (ClosedTrainerKind.TextClassification, "NasBert2000000.tsm"),
        ["SentenceSimilarityTrainer"] = (ClosedTrainerKind.SentenceSimilarity, "NasBert2000000.tsm"),
        ["NerTrainer"] = (ClosedTrainerKind.NamedEntityRecognition, "pretrained_NasBert_14M_encoder.tsm"),
        ["QATrainer"] = (ClosedTrainerKind.QuestionAnswer, "pretrained_Roberta_encoder.tsm"),
        ["ObjectDetectionTrainer"] = (ClosedTrainerKind.ObjectDetection, "autoformer_11m_torchsharp.bin"),
    };

    private readonly object? _options;

    private ClosedTrainer(object trainer, ClosedTrainerKind kind, string weightsFile)
    {
        (Trainer, Kind, WeightsFile) = (trainer, kind, weightsFile);
        _options = Read(trainer, "Option");
    }

    /// <summary>The estimator itself.</summary>
    public object Trainer { get; }

    public ClosedTrainerKind Kind { get; }

    /// <summary>Its type name.</summary>
    public string Name => Trainer.GetType().Name;

    /// <summary>The file of pretrained weights it loads, below <c>mlnet</c> in the context's folder of temporary files.</summary>
    public string WeightsFile { get; }

    /// <summary>True where its options could be read.</summary>
    public bool HasOptions => _options is not null;

    /// <summary>The column of answers: classes, a score, keys per word or box, or where an answer begins.</summary>
    public string? Label => Text(Kind == ClosedTrainerKind.QuestionAnswer ? "AnswerIndexStartColumnName" : "LabelColumnName");

    /// <summary>Columns it reads besides the label.</summary>
    public IReadOnlyList<string> Features => [.. FeatureOptions.Select(Text).OfType<string>()];

    /// <summary>Columns of text among <see cref="Features"/>.</summary>
    public IReadOnlyList<string> Texts => Kind == ClosedTrainerKind.ObjectDetection ? [] : Kind == ClosedTrainerKind.QuestionAnswer ? [.. Features.Take(2)] : Features;

    /// <summary>Rows per step, at least 1: one image for object detection.</summary>
    public int BatchSize => Kind == ClosedTrainerKind.ObjectDetection ? 1 : Math.Max(1, (int)(Number("BatchSize") ?? DataDeclaration.DefaultBatchSize));

    public LearningTask Task => Kind switch
    {
        ClosedTrainerKind.SentenceSimilarity => LearningTask.Regression,
        ClosedTrainerKind.QuestionAnswer => LearningTask.Unknown,
        _ => LearningTask.MulticlassClassification,
    };

    /// <summary>Its own validation set; null where none was given.</summary>
    public IDataView? ValidationSet => Value("ValidationSet") as IDataView;

    private IEnumerable<string> FeatureOptions => Kind switch
    {
        ClosedTrainerKind.ObjectDetection => ["ImageColumnName", "BoundingBoxColumnName"],
        ClosedTrainerKind.QuestionAnswer => ["ContextColumnName", "QuestionColumnName", "TrainingAnswerColumnName"],
        _ => ["Sentence1ColumnName", "Sentence2ColumnName"],
    };

    /// <summary>What is known of a trainer; null for all others.</summary>
    public static ClosedTrainer? Of(object? estimator) =>
        estimator is not null && estimator.GetType() is { Namespace: { } space } type && space.StartsWith("Microsoft.ML.TorchSharp", StringComparison.Ordinal)
        && ByName.TryGetValue(type.Name, out var known) ? new ClosedTrainer(estimator, known.Kind, known.WeightsFile) : null;

    /// <summary>An option by its name; null where there is none of that name.</summary>
    public object? Value(string option) => _options is null ? null : Read(_options, option);

    /// <summary>A numeric option, or the first of a list of numbers; null where there is none.</summary>
    public double? Number(string option) => Value(option) switch
    {
        IReadOnlyList<double> list => list.Count > 0 ? list[0] : null,
        IConvertible number and not string => number.ToDouble(System.Globalization.CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>Sets an option and gives its former value; null where there is none of that name.</summary>
    public object? Set(string option, object value)
    {
        var field = _options is null ? null : FieldOf(_options.GetType(), option);
        var former = field?.GetValue(_options);
        field?.SetValue(_options, value);
        return former;
    }

    private string? Text(string option) => Value(option) as string;

    private static object? Read(object owner, string name) => FieldOf(owner.GetType(), name)?.GetValue(owner);

    private static FieldInfo? FieldOf(Type? type, string name)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (type.GetField(name, Declared) is { } field)
                return field;
        }

        return null;
    }
}
