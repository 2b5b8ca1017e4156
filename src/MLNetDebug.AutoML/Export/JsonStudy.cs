using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using MLNetDebug.AutoML.Studies;
using MLNetDebug.AutoML.Studies.Sql;
using MLNetDebug.Reports;

namespace MLNetDebug.AutoML.Export;

/// <summary>A study as JSON of schema <c>mlnetdebug/study/0</c>.</summary>
internal static class JsonStudy
{
    private const string Schema = "mlnetdebug/study/0";

    /// <summary>So many bytes are held at most, or one trial, before they are handed on.</summary>
    private const int Held = 1 << 16;

    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static void Write(StudySnapshot study, IReadOnlyList<TrialEvent> events, Stream destination)
    {
        using var json = new Utf8JsonWriter(destination, Options);
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        json.Whole("name", study.Definition.Name);
        Settings(json, study.Definition.Settings);
        json.WriteString("created", study.Created.UtcDateTime);
        json.WriteString("now", study.Now.UtcDateTime);
        var choices = ChoiceTexts.Of(study.Definition);
        json.Array("trials", study.Trials, Held, (w, trial) => JsonTrial.Write(w, trial, choices));
        json.Array("events", events, Held, Event);
        json.WriteEndObject();
    }

    /// <summary>A member with all of a text; only lone surrogates have no form in JSON.</summary>
    public static void Whole(this Utf8JsonWriter json, string name, string? text)
    {
        if (text is null)
            json.WriteNull(name);
        else
            json.WriteString(name, SafeText.Clean(text, int.MaxValue));
    }

    public static void Point(Utf8JsonWriter json, TrialPoint point)
    {
        json.WriteStartObject();
        json.WriteNumber("epoch", point.Epoch);
        json.Finite("metric", point.Metric);
        json.WriteNumber("steps", point.Steps);
        json.WriteEndObject();
    }

    /// <summary>A number, or null where it is not finite.</summary>
    public static void Finite(this Utf8JsonWriter json, string name, double value)
    {
        json.WritePropertyName(name);
        FiniteValue(json, value);
    }

    public static void FiniteValue(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumberValue(value);
        else
            json.WriteNullValue();
    }

    private static void Array<T>(this Utf8JsonWriter json, string name, IReadOnlyList<T> items, int held, Action<Utf8JsonWriter, T> write) => json.Array(name, items, (w, item) =>
    {
        write(w, item);
        if (w.BytesPending > held)
            w.Flush();
    });

    /// <summary>As the JSON they are; a store that someone else wrote may hold a text that is none.</summary>
    private static void Settings(Utf8JsonWriter json, string settings)
    {
        try
        {
            using var document = JsonDocument.Parse(settings);
        }
        catch (Exception e) when (StoredJson.IsNoJson(e))
        {
            json.Whole("settings", settings);
            return;
        }

        json.WritePropertyName("settings");
        json.WriteRawValue(settings);
    }

    private static void Event(Utf8JsonWriter json, TrialEvent happened)
    {
        json.WriteStartObject();
        json.WriteNumber("sequence", happened.Sequence);
        json.WriteNumber("trial", happened.Trial);
        json.WriteNumber("attempt", happened.Attempt);
        json.Enum("kind", happened.Kind);
        json.Whole("worker", happened.Worker);
        json.WriteString("time", happened.Time.UtcDateTime);
        if (happened.Point is { } point)
        {
            json.WritePropertyName("point");
            Point(json, point);
        }

        json.WriteEndObject();
    }
}
