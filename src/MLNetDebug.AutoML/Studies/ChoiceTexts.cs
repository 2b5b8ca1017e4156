using System.Globalization;
using System.Text.Json;
using MLNetDebug.AutoML.Studies.Sql;
using MLNetDebug.Reports;

namespace MLNetDebug.AutoML.Studies;

/// <summary>The texts that stand behind the numbers of a study's choices, as its settings name them. Where a store that someone else wrote names none, a number stays a number.</summary>
internal sealed class ChoiceTexts
{
    private const int MaxShown = 60;

    private readonly Dictionary<string, string[]> _texts = new(StringComparer.Ordinal);

    /// <summary>Knows no text.</summary>
    public static ChoiceTexts None { get; } = new();

    /// <summary>The names of the choices.</summary>
    public IEnumerable<string> Names => _texts.Keys;

    /// <summary>As a study's settings name them (<see cref="StudySettings"/>).</summary>
    public static ChoiceTexts Of(StudyDefinition study)
    {
        var choices = new ChoiceTexts();
        try
        {
            using var settings = JsonDocument.Parse(study.Settings);
            if (settings.RootElement is not { ValueKind: JsonValueKind.Object } root || !root.TryGetProperty(StudySettings.Options, out var options) || options.ValueKind != JsonValueKind.Object)
                return choices;
            foreach (var option in options.EnumerateObject().Where(o => o.Value.ValueKind == JsonValueKind.String))
            {
                if (StoredJson.Parse<string[]>(option.Value.GetString()!, out _) is { } texts)
                    choices._texts[option.Name] = texts;
            }
        }
        catch (Exception e) when (StoredJson.IsNoJson(e))
        {
            // No settings of a sweep: nothing is known of its options.
        }

        return choices;
    }

    /// <summary>The text of a value; null where it is that of no choice.</summary>
    public string? this[string name, double value] =>
        _texts.TryGetValue(name, out var texts) && value >= 0 && value < texts.Length && double.IsInteger(value) ? texts[(int)value] : null;

    /// <summary>All parameters in words, as <see cref="TrialParameters.ToString"/>.</summary>
    public string Words(TrialParameters parameters) => string.Join(", ", parameters.Values.Select(v => $"{v.Key} {Shown(v.Key, v.Value) ?? v.Value.ToString("G4", CultureInfo.InvariantCulture)}"));

    /// <summary>The text of a value on one line; null where it is that of no choice.</summary>
    public string? Shown(string name, double value) => this[name, value] is { } text ? SafeText.Line(text, MaxShown) : null;
}
