using Microsoft.ML;
using Microsoft.ML.TorchSharp.NasBert;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using MLNetDebug.Pipeline;
using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Data;
using MLNetDebug.Zoo.Faults;
using MLNetDebug.Zoo.Networks;

namespace MLNetDebug.Zoo.Programs;

/// <summary>
/// The sick programs of the rules on fits: each is learned under guard, by ML.NET's own trainers or by the stand-ins of the networks' (the real networks are run by hand,
/// docs/verified.md).
/// </summary>
internal static class FitPrograms
{
    private static readonly Subject AnyModel = new(SubjectKind.Model, "");
    private static readonly Subject AnyOption = new(SubjectKind.Trainer, "");
    private static readonly Subject AnyRun = new(SubjectKind.Run, "");

    public static IReadOnlyList<ZooProgram> All { get; } =
    [
        Fit("penalised-census", "census", new FittedWith(ml => ml.BinaryClassification.Trainers.LbfgsLogisticRegression(l1Regularization: 1e5f)), [], RuleIds.DeadModel, AnyModel),
        Fit("huge-leaves-diabetes", "diabetes", new FittedWith(ml => ml.Regression.Trainers.FastTree(new FastTreeRegressionTrainer.Options { NumberOfThreads = 1, NumberOfTrees = 10, MinimumExampleCountPerLeaf = 10_000 })), [], RuleIds.DeadModel, AnyModel),
        Fit("overflown-wine", "wine", new AllScaled(1e20f) { Create = ml => ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(new SdcaMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = 1, MaximumNumberOfIterations = 20 }) }, [], RuleIds.DeadModel, AnyModel),
        Fit("overflow-diabetes", "diabetes", new ColumnScaled(0, 1e25f), [], RuleIds.FitFailed, Subject.Column("Features", 0)),
        Fit("overflow-regression", "regression", new ColumnScaled(2, 1e25f), [], RuleIds.FitFailed, Subject.Column("Features", 2)),
        Fit("skipped-weak", "weak-binary", new CellsReplaced(2, 0.1, float.NaN), [], RuleIds.TrainerWarnings, AnyRun),

        Network("rate-wine", "wine", ClosedTrainerKind.TextClassification, Options(o => o.LearningRate = [1e6]), [3], RuleIds.OptionOutOfRange, new(SubjectKind.Trainer, "TextClassificationTrainer.LearningRate")),
        Network("batch-diabetes", "diabetes", ClosedTrainerKind.SentenceSimilarity, Options(o => o.BatchSize = 0), [3], RuleIds.OptionOutOfRange, new(SubjectKind.Trainer, "SentenceSimilarityTrainer.BatchSize")),
        Network("validated-words-digits", "digits", ClosedTrainerKind.NamedEntityRecognition, Options(o => o.ValidationSet = new MLContext(1).Data.LoadFromEnumerable(new[] { new { Row = 1 } })), [3], RuleIds.OptionOutOfRange, new(SubjectKind.Trainer, "NerTrainer.ValidationSet")),
        Network("gpu-images", "images", ClosedTrainerKind.ObjectDetection, new NetworkSetUp(s => s with { Gpu = 0 }), [], RuleIds.DeviceAbsent, new(SubjectKind.Trainer, "ObjectDetectionTrainer.GpuDeviceId")),
        Network("no-weights-wine", "wine", ClosedTrainerKind.TextClassification, new NetworkSetUp(s => s with { HasWeights = false }), [], RuleIds.WeightsFileAbsent, new(SubjectKind.File, "NasBert2000000.tsm")),
        Network("misfit-wine", "wine", ClosedTrainerKind.TextClassification, new NetworkSetUp(s => s with { IsMisfit = true }), [], RuleIds.VersionMismatch, AnyOption),
        Network("huge-targets-regression", "regression", ClosedTrainerKind.SentenceSimilarity, Rows((r, i) => r with { Label = Changed(r.Label, i, _ => 1e30f) }), [9], RuleIds.FitDiverged, AnyRun),
        Network("missing-targets-diabetes", "diabetes", ClosedTrainerKind.SentenceSimilarity, Rows((r, i) => r with { Label = Changed(r.Label, i, _ => float.NaN) }), [13], RuleIds.FitDiverged, AnyRun)
            with { Diagnose = c => FitDiagnosis.RunNetwork(c, RuleIds.MissingLabel) },
        Network("boxless-images", "images", ClosedTrainerKind.ObjectDetection, Rows((r, i) => r with { Boxes = Changed(r.Boxes, i, b => b[4..]) }), [10], RuleIds.BoxCoordinates, Subject.Column("BoundingBoxes")),
        Network("answers-elsewhere-wine", "wine", ClosedTrainerKind.QuestionAnswer, Rows((r, i) => r with { Answers = Changed(r.Answers, i, a => (a.Text, a.Start - 2)) }), [10], RuleIds.AnswerSpan, Subject.Column("TrainingAnswer")),
        Network("label-short-digits", "digits", ClosedTrainerKind.NamedEntityRecognition, Rows((r, i) => r with { WordKeys = Changed(r.WordKeys, i, k => k[1..]) }), [10], RuleIds.TokenLabels, new(SubjectKind.Label, "Label")),
        Network("no-text-wine", "wine", ClosedTrainerKind.TextClassification, Rows((r, i) => r with { Texts = Changed(r.Texts, i, _ => " ") }), [], RuleIds.TextLength, Subject.Column("Sentence1")),
        Network("long-texts-diabetes", "diabetes", ClosedTrainerKind.SentenceSimilarity, Rows((r, i) => r with { Texts = Changed(r.Texts, i, t => string.Join(' ', Enumerable.Repeat(t, 60))) }), [], RuleIds.TextLength, Subject.Column("Sentence1")),
        Network("fitted-again-wine", "wine", ClosedTrainerKind.TextClassification, new NetworkSetUp(s => s with { IsFittedBefore = true }), [], RuleIds.SharedOptions, AnyOption),
    ];

    private static ZooProgram Fit(string id, string of, Fault fault, int[] notes, string rule, Subject place) =>
        new(id, of, fault, notes, rule, place, ZooBases.Named(of).Split) { Table = "guard", Trainer = ZooTrainers.Perceptron, Diagnose = FitDiagnosis.Run };

    private static ZooProgram Network(string id, string of, ClosedTrainerKind kind, Fault fault, int[] notes, string rule, Subject place) =>
        new(id, of, fault, notes, rule, place, ZooBases.Named(of).Split)
        { Table = "guard", Trainer = ZooTrainers.Perceptron, NetworkKind = kind, Diagnose = c => FitDiagnosis.RunNetwork(c) };

    private static NetworkSetUp Options(Action<StandInOptions> change) => new(s => s with
    {
        Options = () =>
        {
            var options = NetworkSetup.DefaultOptions;
            change(options);
            return options;
        },
    });

    private static NetworkRowsHit Rows(Func<NetworkRows, int, NetworkRows> hit) => new(hit);

    private static T[] Changed<T>(T[] values, int at, Func<T, T> change)
    {
        var changed = (T[])values.Clone();
        changed[at] = change(changed[at]);
        return changed;
    }
}
