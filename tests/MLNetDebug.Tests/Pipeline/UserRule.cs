using MLNetDebug.Data;

namespace MLNetDebug.Tests.Pipeline;

/// <summary>A rule as a user would write one: a finding of a chosen severity for every data set.</summary>
internal sealed class UserRule(string id, Severity severity = Severity.Warning) : Rule<DataProfile>
{
    public override RuleDescriptor Descriptor { get; } = new(id, "UserRule", "Always found.", RuleCategory.Data, severity, ProofKind.Fact);

    public int Judged { get; private set; }

    protected override void Judge(DataProfile measured, FindingSink sink)
    {
        Judged++;
        sink.Report(new FindingDraft(new Subject(SubjectKind.DataSet, measured.Name), $"{measured.RowCount} rows; {{braces}} are text."));
    }
}
