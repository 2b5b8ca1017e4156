using Google.Protobuf;
using MLNetDebug.Reports;
using Tensorboard;

namespace MLNetDebug.Torch.Training;

/// <summary>Records as TensorBoard's summaries.</summary>
internal static class EventSummaries
{
    // Neither the metadata nor its parts are ever changed.
    private static readonly SummaryMetadata TextPlugin = new() { PluginData = new SummaryMetadata.Types.PluginData { PluginName = "text" } };

    public static Summary Of(StepRecord step)
    {
        var summary = new Summary();
        Add(summary, "loss", step.Loss);
        foreach (var (name, value) in step.Terms)
            Add(summary, "loss/" + name, value);
        Add(summary, "gradient_norm", step.GradientNorm);
        AddKnown(summary, "learning_rate", step.LearningRate);
        foreach (var parameter in step.Parameters)
        {
            AddKnown(summary, "gradient_norm/" + parameter.Name, parameter.GradientNorm);
            AddKnown(summary, "norm/" + parameter.Name, parameter.Norm);
            AddKnown(summary, "update_ratio/" + parameter.Name, parameter.UpdateRatio);
            if (parameter.Histogram is { } histogram && Of(histogram) is { } proto)
                summary.Value.Add(new Summary.Types.Value { Tag = Tag("parameter/" + parameter.Name), Histo = proto });
        }

        return summary;
    }

    public static Summary Of(EpochRecord epoch)
    {
        var summary = new Summary();
        AddKnown(summary, "epoch/loss", epoch.MeanLoss);
        AddKnown(summary, "epoch/accuracy", epoch.Accuracy);
        if (epoch.Validation is not { } validation)
            return summary;
        AddKnown(summary, "validation/loss", validation.Loss);
        AddKnown(summary, "validation/accuracy", validation.Accuracy);
        AddKnown(summary, "validation/log_loss", validation.LogLoss);
        AddKnown(summary, "validation/calibration_error", validation.CalibrationError);
        return summary;
    }

    /// <summary>One text under a tag of its kind: TensorBoard shows the last few of each tag.</summary>
    public static Summary Of(TrainingEvent happened)
    {
        var text = happened.RuleId is { } rule ? $"{rule}: {happened.Text}" : happened.Text;
        var tensor = new TensorProto { Dtype = DataType.DtString, TensorShape = new TensorShapeProto() };
        tensor.StringVal.Add(ByteString.CopyFromUtf8(SafeText.Clean(text)));
        return new Summary { Value = { new Summary.Types.Value { Tag = Tag("events/" + happened.Kind), Metadata = TextPlugin, Tensor = tensor } } };
    }

    /// <summary>
    /// Buckets by their upper limits; the first begins at the minimum. Null where there is nothing to be drawn: no elements, or a limit that is not finite.
    /// </summary>
    internal static HistogramProto? Of(ParameterHistogram histogram)
    {
        var elements = histogram.Counts.Sum();
        if (elements <= 0 || !double.IsFinite(histogram.Min) || !double.IsFinite(histogram.Max))
            return null;
        var proto = new HistogramProto { Min = histogram.Min, Max = histogram.Max, Num = elements, Sum = histogram.Sum, SumSquares = histogram.SumOfSquares };
        if (histogram.Min >= histogram.Max)
        {
            proto.BucketLimit.Add(histogram.Max);
            proto.Bucket.Add(elements);
            return proto;
        }

        // Divided before they are subtracted: the range of two finite numbers need not be finite.
        var width = histogram.Max / histogram.Counts.Count - histogram.Min / histogram.Counts.Count;
        for (var i = 1; i <= histogram.Counts.Count; i++)
        {
            proto.BucketLimit.Add(i == histogram.Counts.Count ? histogram.Max : Math.Min(histogram.Min + i * width, histogram.Max));
            proto.Bucket.Add(histogram.Counts[i - 1]);
        }

        return proto;
    }

    // What is not known is no point of a curve; a loss that is no number is one, and TensorBoard marks it.
    private static void AddKnown(Summary summary, string tag, double value)
    {
        if (!double.IsNaN(value))
            Add(summary, tag, value);
    }

    private static void Add(Summary summary, string tag, double value) => summary.Value.Add(new Summary.Types.Value { Tag = Tag(tag), SimpleValue = (float)value });

    private static string Tag(string tag) => SafeText.Clean(tag);
}
