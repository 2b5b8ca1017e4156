using MLNetDebug.Data;
using Microsoft.ML.Data;

namespace MLNetDebug.Zoo.Data;

/// <summary>Has a case judged by all rules.</summary>
internal static class Diagnosis
{
    /// <summary>Rules that train models, for sections that ask about other things and want many runs.</summary>
    public static readonly string[] TrainingRules =
    [
        RuleIds.LabelsUnrelated, RuleIds.LabelErrors, RuleIds.LabelsShifted, RuleIds.MultivariateShift,
    ];

    /// <summary>The report on a case, as <c>ml.Diagnostics().Validate</c> gives it.</summary>
    /// <param name="zooCase">The case.</param>
    /// <param name="silenced">Rules that do not run.</param>
    public static DiagnosticReport Run(ZooCase zooCase, params IEnumerable<string> silenced)
    {
        var declaration = zooCase.Train.Declaration with { Trainer = zooCase.Trainer, ExpectOrdered = zooCase.ExpectOrdered };
        var inputs = new DataInputs(zooCase.Train.ToView(), zooCase.Test?.ToView(), declaration);
        var measurers = typeof(Measurer).Assembly.GetTypes()
            .Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(Measurer)))
            .Select(t => (Measurer)Activator.CreateInstance(t)!);
        var engine = new RuleEngine(RuleCatalog.Create(), silenced.ToDictionary(id => id, _ => Severity.None));
        return engine.Run("zoo", measurers, new RunContext(), new Measurements().With(inputs));
    }

    /// <summary>The report on a text file, as <c>ml.Diagnostics().CheckFile</c> gives it.</summary>
    public static DiagnosticReport RunFile(string path, TextLoader.Options options) => new RuleEngine(RuleCatalog.Create()).Judge(path, new Measurements());

    /// <summary>Findings that a user would call an alarm: Warning or Error, folded or not.</summary>
    public static IEnumerable<Finding> Alarms(DiagnosticReport report) => report.Findings.Where(f => f.Severity >= Severity.Warning);
}
