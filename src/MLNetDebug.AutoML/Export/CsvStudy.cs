using MLNetDebug.AutoML.Studies;

namespace MLNetDebug.AutoML.Export;

/// <summary>The trials of a study as comma-separated values.</summary>
internal static class CsvStudy
{
    /// <summary>Keeps a parameter's name from meeting another column's.</summary>
    private const string ParameterPrefix = "params_";

    public static void Write(StudySnapshot study, TextWriter destination)
    {
        var parameters = study.Trials.SelectMany(t => t.Plan.Parameters.Values.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var choices = ChoiceTexts.Of(study.Definition);
        var line = new CsvLine(destination);
        foreach (var name in (string[])["number", "kind", "arm", .. parameters.Select(p => ParameterPrefix + p), "seed", "epochs", "state", "attempt", "worker", "started", "ended"])
            line.Text(name);
        foreach (var name in (string[])["metric", "test_metric", "steps", "reported", "reason", "findings", "moves", "diverges_low", "diverges_high", "suggested"])
            line.Text(name);
        line.End();
        foreach (var trial in study.Trials)
            Write(line, trial, parameters, choices);
    }

    private static void Write(CsvLine line, TrialRecord trial, string[] parameters, ChoiceTexts choices)
    {
        var plan = trial.Plan;
        line.Whole(plan.Number).Text(plan.Kind.ToString()).Text(plan.Arm);
        foreach (var name in parameters)
        {
            var isSet = plan.Parameters.Values.TryGetValue(name, out var value);
            if (isSet && choices[name, value] is { } text)
                line.Text(text);
            else
                line.Number(isSet ? value : double.NaN);
        }

        line.Whole(plan.Seed).Whole(plan.Epochs).Text(trial.State.ToString()).Whole(trial.Attempt).Text(trial.Worker).Time(trial.Started).Time(trial.Ended);
        line.Number(trial.Metric).Number(trial.TestMetric).Whole(trial.Steps).Whole(trial.Points.Count).Text(trial.Reason).Text(string.Join(' ', trial.Findings.Select(f => f.RuleId)));
        var bracket = trial.Bracket ?? new LearningRateBracket();
        line.Number(bracket.Moves).Number(bracket.DivergesLow).Number(bracket.DivergesHigh).Number(bracket.Suggested).End();
    }
}
