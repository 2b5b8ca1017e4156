using Microsoft.ML;

// The names are those of the real options, fields as they are there.
#pragma warning disable CA1051, SA1401

namespace Microsoft.ML.TorchSharp.NasBert;

/// <summary>The options a guard reads, with the real ones' names and defaults.</summary>
public sealed class StandInOptions
{
    public string LabelColumnName = "Label";
    public string ScoreColumnName = "Score";
    public string PredictionColumnName = "PredictedLabel";
    public string Sentence1ColumnName = "Sentence1";
    public string? Sentence2ColumnName;
    public string ImageColumnName = "Image";
    public string BoundingBoxColumnName = "BoundingBoxes";
    public string ContextColumnName = "Context";
    public string QuestionColumnName = "Question";
    public string TrainingAnswerColumnName = "TrainingAnswer";
    public string AnswerIndexStartColumnName = "AnswerIndex";
    public int BatchSize = 8;
    public int MaxEpoch = 3;
    public List<double> LearningRate = [0.5];
    public double InitLearningRate = 1;
    public double WeightDecay;
    public double ClipNorm = 5;
    public int LogEveryNStep = 50;
    public IDataView? ValidationSet;
}
