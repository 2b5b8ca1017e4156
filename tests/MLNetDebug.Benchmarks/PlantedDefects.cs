using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Benchmarks;

/// <summary>
/// What a report says of each defect that <see cref="DriftGenerator"/> plants, held against what a panel of two-part rules (adjusted
/// p-value and effect) says of it: found where the panel finds, named as small where the panel does, silent on everything else.
/// </summary>
internal static class PlantedDefects
{
    private sealed record Defect(string What, Func<DiagnosticReport, bool> SaidAsWellOrBetter);

    /// <summary>One printed row per defect (1 where said as well or better), and their share.</summary>
    public static IReadOnlyList<TableRow> Judge(DiagnosticReport report, int testRows)
    {
        Defect[] defects =
        [
            new("mean +0.05 sd: named as small", r => NamedAsSmall(r, 0)),
            new("mean +0.10 sd: named as small", r => NamedAsSmall(r, 1)),
            new("mean +0.25 sd: named", r => At(r, 2, Severity.Info)),
            new("mean +0.50 sd: found", r => At(r, 3, Severity.Warning)),
            new("spread x1.2: named", r => NamedAsSmall(r, 4) || At(r, 4, Severity.Info)),
            new("spread x2: found, values beyond the range told", r => At(r, 5, Severity.Warning) && Message(r, 5).Contains("training value", StringComparison.Ordinal)),
            new("missing 2 % to 7 %: found", r => At(r, 6, Severity.Warning) && Message(r, 6).Contains("missing in", StringComparison.Ordinal)),
            new("category moved by TV 0.02: named as small", r => r.Findings.Any(f => f.Message.Contains("too little to matter", StringComparison.Ordinal) && f.Message.Contains("cat_1", StringComparison.Ordinal))),
            new("category moved by TV 0.10: named", r => r.Findings.Any(f => f.Rule.Id == RuleIds.SplitShift && f.Subject.Name == "cat_2")),
            new("new category in 0.3 %: found", r => r.Findings.Any(f => f.Rule.Id == RuleIds.SplitShift && f.Subject.Name == "cat_3" && f.Severity == Severity.Warning)),
            new("label moved by TV 0.05: named", r => r.Findings.Any(f => f.Rule.Id == RuleIds.LabelShift)),
            new("leaked rows: counted exactly and found", r => r.Findings.Any(f => f.Rule.Id == RuleIds.SplitLeakage && f.Severity >= Severity.Warning
                && f.Evidence.Any(e => e.Value == DriftGenerator.Leaked(testRows)))),
            new("23 clean columns, cat_0 and cat_4: silent", r => !r.Findings.Any(f => f.Rule.Id == RuleIds.SplitShift && f.Severity >= Severity.Info
                && (f.Subject is { Name: "Features", Slot: > 6 } || f.Subject.Name is "cat_0" or "cat_4"))),
        ];
        bool[] said = [.. defects.Select(d => d.SaidAsWellOrBetter(report))];
        return
        [
            .. defects.Select((d, i) => TableRow.Shown($"b2 {d.What}", 1, said[i] ? 1 : 0, "said")),
            TableRow.Share("1.b2", said.Count(s => s), said.Length, "==", 1),
        ];
    }

    private static Finding? OfSlot(DiagnosticReport report, int slot) =>
        report.Findings.FirstOrDefault(f => f.Rule.Id == RuleIds.SplitShift && f.Subject is { Name: "Features" } && f.Subject.Slot == slot);

    private static bool At(DiagnosticReport report, int slot, Severity least) => OfSlot(report, slot) is { } finding && finding.Severity >= least;

    private static string Message(DiagnosticReport report, int slot) => OfSlot(report, slot)?.Message ?? string.Empty;

    private static bool NamedAsSmall(DiagnosticReport report, int slot) => report.Findings.Any(f =>
        f.Rule.Id == RuleIds.SplitShift && f.Message.Contains("too little to matter", StringComparison.Ordinal) && f.Message.Contains($"(f{slot:00})", StringComparison.Ordinal));
}
