using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Torch;

/// <summary>How a loss is watched while it trains. Everything has a default.</summary>
public sealed record DiagnosedLossOptions
{
    /// <summary>The first call is looked at, and then one of so many, in [1, 1000000]. Default 100.</summary>
    [Range(1, 1_000_000)]
    public int Every { get; init; } = 100;

    /// <summary>
    /// The severity from which on a finding throws <see cref="DiagnosticException"/>; <see cref="Severity.None"/> never throws. Default <see cref="Severity.Error"/>: facts that make the loss wrong.
    /// </summary>
    [EnumDataType(typeof(Severity))]
    public Severity FailOn { get; init; } = Severity.Error;

    /// <summary>Ids of rules that shall not run. Default: none.</summary>
    public IReadOnlyCollection<string> Silence { get; init; } = [];

    /// <summary>Severities by rule id that replace the rules' own. Default: none.</summary>
    public IReadOnlyDictionary<string, Severity> Severities { get; init; } = new Dictionary<string, Severity>();

    /// <summary>Thresholds of single rules, at most one record per rule. Default: none.</summary>
    public IReadOnlyList<RuleOptions> RuleOptions { get; init; } = [];

    /// <summary>Takes each rule's first finding, before anything is thrown. Default: none.</summary>
    public Action<Finding>? OnFinding { get; init; }
}
