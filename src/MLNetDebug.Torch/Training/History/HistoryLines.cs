using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using MLNetDebug.Reports;

namespace MLNetDebug.Torch.Training;

/// <summary>Records as lines of JSON. Names are encoded once; nothing is looked up by reflection.</summary>
internal static class HistoryLines
{
    /// <summary>What the first line of a run names.</summary>
    public const string Schema = "mlnetdebug/history/0";

    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), SkipValidation = true };

    private static readonly JsonEncodedText Kind = JsonEncodedText.Encode("kind");
    private static readonly JsonEncodedText StepText = JsonEncodedText.Encode("step");
    private static readonly JsonEncodedText Epoch = JsonEncodedText.Encode("epoch");
    private static readonly JsonEncodedText Loss = JsonEncodedText.Encode("loss");
    private static readonly JsonEncodedText Terms = JsonEncodedText.Encode("terms");
    private static readonly JsonEncodedText GradientNorm = JsonEncodedText.Encode("gradientNorm");
    private static readonly JsonEncodedText LearningRate = JsonEncodedText.Encode("learningRate");
    private static readonly JsonEncodedText IsTaken = JsonEncodedText.Encode("isTaken");
    private static readonly JsonEncodedText Parameters = JsonEncodedText.Encode("parameters");
    private static readonly JsonEncodedText Name = JsonEncodedText.Encode("name");
    private static readonly JsonEncodedText Norm = JsonEncodedText.Encode("norm");
    private static readonly JsonEncodedText UpdateRatio = JsonEncodedText.Encode("updateRatio");

    /// <summary>The first line of a run. <see cref="TornLine"/> knows a history by its beginning.</summary>
    public static void WriteRun(Utf8JsonWriter json, DateTimeOffset started)
    {
        json.WriteStartObject();
        json.WriteString("kind", "run");
        json.WriteString("schema", Schema);
        json.WriteString("started", started);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, StepRecord step)
    {
        json.WriteStartObject();
        json.WriteString(Kind, StepText);
        json.WriteNumber(StepText, step.Step);
        json.WriteNumber(Epoch, step.Epoch);
        json.Number(Loss, step.Loss);
        if (step.Terms.Count > 0)
        {
            json.WriteStartObject(Terms);
            foreach (var (name, value) in step.Terms)
                json.Number(SafeText.Clean(name), value);
            json.WriteEndObject();
        }

        json.Number(GradientNorm, step.GradientNorm);
        json.Number(LearningRate, step.LearningRate);
        json.WriteBoolean(IsTaken, step.IsTaken);
        if (step.Parameters.Count > 0)
        {
            json.WriteStartArray(Parameters);
            foreach (var parameter in step.Parameters)
                Write(json, parameter);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, EpochRecord epoch)
    {
        json.WriteStartObject();
        json.WriteString("kind", "epoch");
        json.WriteNumber("epoch", epoch.Epoch);
        json.WriteNumber("firstStep", epoch.FirstStep);
        json.WriteNumber("steps", epoch.Steps);
        json.Number("meanLoss", epoch.MeanLoss);
        json.Number("accuracy", epoch.Accuracy);
        json.Number("learningRate", epoch.LearningRate);
        if (epoch.Validation is { } validation)
            Write(json, validation);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, TrainingEvent happened)
    {
        json.WriteStartObject();
        json.WriteString("kind", "event");
        json.WriteNumber("step", happened.Step);
        json.WriteNumber("epoch", happened.Epoch);
        json.Enum("event", happened.Kind);
        json.OptionalText("rule", happened.RuleId);
        json.Text("text", happened.Text);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ParameterSample parameter)
    {
        json.WriteStartObject();
        json.WriteString(Name, SafeText.Clean(parameter.Name));
        json.Number(GradientNorm, parameter.GradientNorm);
        json.Number(Norm, parameter.Norm);
        json.Number(UpdateRatio, parameter.UpdateRatio);
        if (parameter.Histogram is { } histogram)
        {
            json.WriteStartObject("histogram");
            json.Number("min", histogram.Min);
            json.Number("max", histogram.Max);
            json.Number("sum", histogram.Sum);
            json.Number("sumOfSquares", histogram.SumOfSquares);
            json.Array("counts", histogram.Counts, static (j, count) => j.WriteNumberValue(count));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ValidationRecord validation)
    {
        json.WriteStartObject("validation");
        json.Number("loss", validation.Loss);
        json.Number("accuracy", validation.Accuracy);
        json.WriteNumber("rows", validation.Rows);
        json.WriteNumber("classes", validation.Classes);
        json.Number("majorityShare", validation.MajorityShare);
        json.Number("labelEntropy", validation.LabelEntropy);
        json.Number("logLoss", validation.LogLoss);
        json.Number("calibrationError", validation.CalibrationError);
        json.Number("meanConfidence", validation.MeanConfidence);
        json.Number("meanConfidenceOfWrong", validation.MeanConfidenceOfWrong);
        json.Number("temperature", validation.Temperature);
        json.Number("calibratedLogLoss", validation.CalibratedLogLoss);
        json.WriteNumber("invalidRows", validation.InvalidRows);
        json.WriteNumber("firstInvalidRow", validation.FirstInvalidRow);
        json.WriteNumber("nonFiniteRows", validation.NonFiniteRows);
        json.Number("maxSumError", validation.MaxSumError);
        json.Number("min", validation.Min);
        json.Number("max", validation.Max);
        json.Number("rowSpread", validation.RowSpread);
        json.WriteEndObject();
    }

    private static void Number(this Utf8JsonWriter json, JsonEncodedText name, double value)
    {
        json.WritePropertyName(name);
        json.NumberValue(value);
    }
}
