using MLNetDebug.Data;

namespace MLNetDebug.Tests.Pipeline;

/// <summary>A rule as a user would write one: a finding of a chosen severity for every data set. Keeps what it was shown.</summary>
internal sealed class UserRule(string id = "ACME1", Severity severity = Severity.Warning) : Rule<DataInputs>
{
    public override RuleDescriptor Descriptor { get; } = new(id, "UserRule", "Always found.", RuleCategory.Data, severity, ProofKind.Fact);

    public List<DataInputs> Seen { get; } = [];

    protected override void Judge(DataInputs measured, FindingSink sink)
    {
        Seen.Add(measured);
        sink.Report(new FindingDraft(new Subject(SubjectKind.DataSet, measured.TrainName), "{braces} are text."));
    }
}
