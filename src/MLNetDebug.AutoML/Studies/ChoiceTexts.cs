using System.Globalization;
using System.Text.Json;
using MLNetDebug.AutoML.Studies.Sql;
using MLNetDebug.Reports;

namespace MLNetDebug.AutoML.Studies;

/// <summary>The texts that stand behind the numbers of a study's choices, as its settings name them. Where a store that someone else wrote names none, a number stays a number.</summary>
internal sealed class ChoiceTexts
{
    // Longer than any name of an option that is read on one line; beyond, two that begin alike would look the same.
    private const int MaxShown = 200;

    private readonly Dictionary<string, string[]> _texts = new(StringComparer.Ordinal);

    /// <summary>Knows no text.</summary>
    public static ChoiceTexts None { get; } = new();

    /// <summary>The names of the choices.</summary>
    public IEnumerable<string> Names => _texts.Keys;

    /// <summary>As a space names them.</summary>
    public static ChoiceTexts Of(SearchSpace space)
    {
        var choices = new ChoiceTexts();
        foreach (var option in space.Options.OfType<ChoiceOption>())
            choices._texts[option.Name] = [.. option.Choices];
        return choices;
    }

    /// <summary>As a study's settings name them (<see cref="StudySettings"/>).</summary>
    public static ChoiceTexts Of(StudyDefinition study)
    {
        var choices = new ChoiceTexts();
        try
        {
            using var settings = JsonDocument.Parse(study.Settings);
            if (settings.RootElement is not { ValueKind: JsonValueKind.Object } root || !root.TryGetProperty(StudySettings.Options, out var options) || options.ValueKind != JsonValueKind.Object)
                return choices;
            foreach (var option in options.EnumerateObject())
                choices.Add(option);
        }
        catch (Exception e) when (StoredJson.IsNoJson(e))
        {
            // No settings of a sweep: nothing is known of its options.
        }

        return choices;
    }

    /// <summary>The text of a trial's choice.</summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="KeyNotFoundException">There is no such choice, or the trial has no value of it.</exception>
    public string Of(TrialPlan plan, string name)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(name);
        if (!_texts.TryGetValue(name, out var texts))
            throw new KeyNotFoundException($"The study has no choice '{name}'; its choices are: {string.Join(", ", Names.DefaultIfEmpty("none"))}.");
        return plan.Parameters.Values.TryGetValue(name, out var value) && this[name, value] is { } text
            ? text
            : throw new KeyNotFoundException($"Trial {plan.Number} has no value of '{name}' that is the place of one of its {texts.Length} texts.");
    }

    /// <summary>The text of a value; null where it is that of no choice.</summary>
    public string? this[string name, double value] =>
        _texts.TryGetValue(name, out var texts) && value >= 0 && value < texts.Length && double.IsInteger(value) ? texts[(int)value] : null;

    /// <summary>All parameters in words, as <see cref="TrialParameters.ToString"/>.</summary>
    public string Words(TrialParameters parameters) => string.Join(", ", parameters.Values.Select(v => $"{v.Key} {Shown(v.Key, v.Value) ?? v.Value.ToString("G4", CultureInfo.InvariantCulture)}"));

    private void Add(JsonProperty option)
    {
        try
        {
            // Of two of one name the last counts, as everywhere in JSON.
            if (option.Value.ValueKind == JsonValueKind.String && StoredJson.Parse<string[]>(option.Value.GetString()!, out _) is { } texts)
                _texts[option.Name] = texts;
            else
                _texts.Remove(option.Name);
        }
        catch (Exception e) when (StoredJson.IsNoJson(e))
        {
            // A lone surrogate, escaped: no settings of a sweep have one.
        }
    }

    /// <summary>The text of a value on one line; null where it is that of no choice.</summary>
    public string? Shown(string name, double value) => this[name, value] is { } text ? SafeText.Line(text, MaxShown) : null;
}
