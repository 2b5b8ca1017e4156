using MLNetDebug;

namespace QuickStart;

/// <summary>One line per damage.</summary>
internal static class Table
{
    private const string Row = "{0,-31} {1,-21} {2,-31} {3}";

    public static void Print(IEnumerable<Outcome> outcomes)
    {
        Console.WriteLine(Row, "damage", "found as", "place", "accuracy");
        foreach (var outcome in outcomes)
        {
            var findings = outcome.Report.Unfolded.Where(f => f.Severity > Severity.Info).ToArray();
            var found = findings.Select(f => f.Rule).DistinctBy(r => r.Id).Select(r => $"{r.Id} {r.Name}").ToArray();
            var lines = Math.Max(1, found.Length);
            for (var i = 0; i < lines; i++)
            {
                var places = found.Length == 0 ? "" : string.Join("; ", findings.Where(f => found[i].StartsWith(f.Rule.Id)).Select(Place).Distinct().Order());
                Console.WriteLine(
                    Row, i == 0 ? outcome.Damage.Name : "", found.Length == 0 ? "nothing" : found[i], places, i == 0 ? $"{outcome.Before:0.000} -> {outcome.After:0.000}" : "");
            }
        }
    }

    private static string Place(Finding finding) => finding.Subject.SlotName ?? finding.Subject.Name;
}
