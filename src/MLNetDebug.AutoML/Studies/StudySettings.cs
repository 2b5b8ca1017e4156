using System.Globalization;
using System.Text;
using System.Text.Json;
using MLNetDebug.AutoML.Search;
using MLNetDebug.AutoML.Studies.Sql;

namespace MLNetDebug.AutoML.Studies;

/// <summary>All that a sweep's trials depend on, as canonical JSON. The budget is not among it: a study may be given more.</summary>
internal static class StudySettings
{
    /// <summary>The member that holds the further options.</summary>
    public const string Options = "options";

    public static string Of(SweepOptions options)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("metric", options.Metric.Name);
            json.WriteBoolean("isHigherBetter", options.Metric.IsHigherBetter);
            json.WriteNumber("seed", options.Seed);
            json.WriteNumber("epochs", options.Epochs);
            json.WriteNumber("leastEpochs", options.LeastEpochs ?? 0);
            json.WriteNumber("reduction", options.Reduction);
            json.WriteNumber("repeats", options.Repeats);
            json.WriteBoolean("rangeTests", options.Probe is not null);
            json.WriteBoolean("compareBatchSizes", BatchSizeArms.AreMeant(options));
            if (options.Baseline is { } baseline)
                json.WriteNumber("baseline", Rounded(baseline));
            Write(json, options.Space);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>To ten digits: it may be computed anew, by another machine too, whose sums differ in the last bits.</summary>
    private static double Rounded(double value) => double.Parse(value.ToString("G10", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static void Write(Utf8JsonWriter json, SearchSpace space)
    {
        if (space.LearningRate is { } rate)
        {
            json.WriteStartArray("learningRate");
            json.WriteNumberValue(rate.Low);
            json.WriteNumberValue(rate.High);
            json.WriteEndArray();
        }

        json.WriteStartArray("batchSizes");
        foreach (var size in space.BatchSizes)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        json.WriteStartObject(Options);
        foreach (var option in space.Options)
            json.WriteString(option.Name, TextOf(option));
        json.WriteEndObject();
    }

    private static string TextOf(SearchOption option) => option switch
    {
        NumberOption n => FormattableString.Invariant($"{n.Low:R} to {n.High:R}{(n.IsLogarithmic ? ", logarithmic" : "")}"),
        WholeNumberOption w => FormattableString.Invariant($"{w.Low} to {w.High}, whole"),
        _ => JsonSerializer.Serialize([.. ((ChoiceOption)option).Choices], StoredJsonTypes.Default.StringArray),
    };
}
