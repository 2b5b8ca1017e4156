using System.Text.Json;
using MLNetDebug.AutoML.Studies;
using MLNetDebug.Reports;

namespace MLNetDebug.AutoML.Export;

/// <summary>A trial as JSON.</summary>
internal static class JsonTrial
{
    public static void Write(Utf8JsonWriter json, TrialRecord trial, ChoiceTexts choices)
    {
        json.WriteStartObject();
        Plan(json, trial.Plan, choices);
        json.Enum("state", trial.State);
        json.WriteNumber("attempt", trial.Attempt);
        json.Whole("worker", trial.Worker);
        json.WriteString("started", trial.Started.UtcDateTime);
        if (trial.Ended is { } ended)
            json.WriteString("ended", ended.UtcDateTime);
        else
            json.WriteNull("ended");
        json.Finite("metric", trial.Metric);
        json.Finite("testMetric", trial.TestMetric);
        json.WriteNumber("steps", trial.Steps);
        json.Whole("reason", trial.Reason);
        json.Array("findings", trial.Findings, Finding);
        json.Array("points", trial.Points, JsonStudy.Point);
        if (trial.Bracket is { } bracket)
            Bracket(json, bracket);
        json.WriteEndObject();
    }

    private static void Plan(Utf8JsonWriter json, TrialPlan plan, ChoiceTexts choices)
    {
        json.WriteNumber("number", plan.Number);
        json.Enum("kind", plan.Kind);
        json.Whole("arm", plan.Arm);
        json.WriteStartObject("parameters");
        foreach (var (name, value) in plan.Parameters.Values)
        {
            var key = SafeText.Clean(name, int.MaxValue);
            if (choices[name, value] is { } text)
                json.Whole(key, text);
            else
                json.Finite(key, value);
        }

        json.WriteEndObject();
        json.WriteNumber("seed", plan.Seed);
        json.WriteNumber("epochs", plan.Epochs);
    }

    private static void Finding(Utf8JsonWriter json, TrialFinding finding)
    {
        json.WriteStartObject();
        json.Whole("ruleId", finding.RuleId);
        json.Enum("severity", finding.Severity);
        json.Whole("message", finding.Message);
        json.WriteEndObject();
    }

    private static void Bracket(Utf8JsonWriter json, LearningRateBracket bracket)
    {
        json.WriteStartObject("bracket");
        json.Finite("moves", bracket.Moves);
        json.Finite("divergesLow", bracket.DivergesLow);
        json.Finite("divergesHigh", bracket.DivergesHigh);
        json.Finite("suggested", bracket.Suggested);
        json.Array("rates", bracket.Rates, JsonStudy.FiniteValue);
        json.Array("losses", bracket.Losses, JsonStudy.FiniteValue);
        json.WriteNumber("steps", bracket.Steps);
        json.WriteEndObject();
    }
}
