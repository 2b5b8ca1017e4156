using System.Text.Json;

namespace MLNetDebug.Torch.Training;

/// <summary>Lines of a history as records. What is missing and has a default is the default.</summary>
internal static class HistoryRecords
{
    private static readonly Dictionary<string, TrainingEventKind> Kinds = Enum.GetValues<TrainingEventKind>().ToDictionary(k => JsonNamingPolicy.CamelCase.ConvertName(k.ToString()));

    public static StepRecord Step(JsonElement line) => new()
    {
        Step = line.Whole("step"),
        Epoch = line.Small("epoch", 0),
        Loss = line.Number("loss"),
        Terms = line.Member("terms", JsonValueKind.Object) is { } terms ? [.. terms.EnumerateObject().Select(t => KeyValuePair.Create(t.Name, t.Value.AsNumber(t.Name)))] : [],
        GradientNorm = line.Number("gradientNorm", double.NaN),
        LearningRate = line.Number("learningRate", double.NaN),
        IsTaken = line.Flag("isTaken", true),
        Parameters = line.Member("parameters", JsonValueKind.Array) is { } parameters ? [.. parameters.EnumerateArray().Select(Parameter)] : [],
    };

    public static EpochRecord Epoch(JsonElement line) => new()
    {
        Epoch = line.Small("epoch"),
        FirstStep = line.Whole("firstStep", 0),
        Steps = line.Whole("steps", 0),
        MeanLoss = line.Number("meanLoss", double.NaN),
        Accuracy = line.Number("accuracy", double.NaN),
        LearningRate = line.Number("learningRate", double.NaN),
        Validation = line.Member("validation", JsonValueKind.Object) is { } validation ? Validation(validation) : null,
    };

    /// <summary>An event; null where its kind is not known here.</summary>
    public static TrainingEvent? Event(JsonElement line) => !Kinds.TryGetValue(line.Text("event"), out var kind) ? null : new(line.Whole("step"), kind, line.Text("text"))
    {
        Epoch = line.Small("epoch", 0),
        RuleId = line.OptionalText("rule"),
    };

    private static ParameterSample Parameter(JsonElement of) => new(of.Text("name"), of.Number("gradientNorm", double.NaN), of.Number("norm", double.NaN), of.Number("updateRatio", double.NaN))
    {
        Histogram = of.Member("histogram", JsonValueKind.Object) is { } histogram ? Histogram(histogram) : null,
    };

    private static ParameterHistogram Histogram(JsonElement of) => new(
        of.Number("min"), of.Number("max"), of.Member("counts", JsonValueKind.Array) is { } counts ? [.. counts.EnumerateArray().Select(c => c.AsWhole("counts"))] : [], of.Number("sum"), of.Number("sumOfSquares"));

    private static ValidationRecord Validation(JsonElement of) => new()
    {
        Loss = of.Number("loss", double.NaN),
        Accuracy = of.Number("accuracy", double.NaN),
        Rows = of.Whole("rows", 0),
        Classes = of.Whole("classes", 0),
        MajorityShare = of.Number("majorityShare", double.NaN),
        LabelEntropy = of.Number("labelEntropy", double.NaN),
        LogLoss = of.Number("logLoss", double.NaN),
        CalibrationError = of.Number("calibrationError", double.NaN),
        MeanConfidence = of.Number("meanConfidence", double.NaN),
        MeanConfidenceOfWrong = of.Number("meanConfidenceOfWrong", double.NaN),
        Temperature = of.Number("temperature", double.NaN),
        CalibratedLogLoss = of.Number("calibratedLogLoss", double.NaN),
        InvalidRows = of.Whole("invalidRows", -1),
        FirstInvalidRow = of.Whole("firstInvalidRow", -1),
        NonFiniteRows = of.Whole("nonFiniteRows", -1),
        MaxSumError = of.Number("maxSumError", double.NaN),
        Min = of.Number("min", double.NaN),
        Max = of.Number("max", double.NaN),
        RowSpread = of.Number("rowSpread", double.NaN),
    };
}
