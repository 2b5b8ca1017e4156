using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Zoo.Data;

/// <summary>Has a case judged by all rules.</summary>
internal static class Diagnosis
{
    /// <summary>Rules that train models, for sections that ask about other things and want many runs.</summary>
    public static readonly string[] TrainingRules =
    [
        RuleIds.LabelsUnrelated, RuleIds.LabelErrors, RuleIds.LabelsShifted, RuleIds.MultivariateShift,
    ];

    /// <summary>The report on a case, with the options' defaults.</summary>
    /// <param name="zooCase">The case.</param>
    /// <param name="silenced">Rules that do not run.</param>
    public static DiagnosticReport Run(ZooCase zooCase, params string[] silenced)
    {
        var declaration = zooCase.Train.Declaration;
        var options = new DiagnosticsOptions
        {
            Label = declaration.Label,
            Features = declaration.Features,
            Group = declaration.Group,
            Task = declaration.Task,
            Traits = zooCase.Trainer,
            ExpectOrdered = zooCase.ExpectOrdered,
            Silence = silenced,
            Sinks = [],
        };
        return new MLContext(1).Diagnostics().Validate(zooCase.Train.ToView(), zooCase.Test?.ToView(), options);
    }

    /// <summary>The report on a text file, as <c>ml.Diagnostics().CheckFile</c> gives it.</summary>
    public static DiagnosticReport RunFile(string path, TextLoader.Options options) =>
        new MLContext(1).Diagnostics().CheckFile(path, options, new DiagnosticsOptions { Sinks = [] });

    /// <summary>Findings that a user would call an alarm: Warning or Error, folded or not.</summary>
    public static IEnumerable<Finding> Alarms(DiagnosticReport report) => report.Findings.Where(f => f.Severity >= Severity.Warning);
}
