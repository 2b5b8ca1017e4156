using System.Globalization;

namespace MLNetDebug.Zoo.Tables;

/// <summary>
/// Writes each rule's own rows of the zoo into its page, below the mark <c>&lt;!-- zoo-row --&gt;</c>; those of a training run below <c>&lt;!-- zoo-row training --&gt;</c> where the rule judges
/// something else besides.
/// </summary>
internal static class RulePages
{
    private const string Mark = "<!-- zoo-row -->";

    private const string TrainingMark = "<!-- zoo-row training -->";

    private static readonly (string Rule, string Row, string Says)[] Others =
    [
        (RuleIds.FeatureScale, "1.scale", "one column times 1,000, over all bases: the right column named"),
        (RuleIds.UnshuffledRows, "1.sorted", "rows sorted by label, over all bases: warned of"),
        (RuleIds.LabelsUnrelated, "1.random-labels", "random labels on 500 rows of digits: warned of"),
        (RuleIds.LabelErrors, "1.flip-precision", "10 % flipped labels on digits and wine: precision"),
        (RuleIds.LabelErrors, "1.flip-recall", "10 % flipped labels on digits and wine: recall"),
        (RuleIds.SplitShift, "1.drift-power", "0.5 sd in one of 30 columns, 1,000 + 1,000 rows: the right column warned of"),
        (RuleIds.SplitShift, "1.drift-negligible", "0.05 sd in six of 30 columns, 1M + 1M rows: not above Info"),
        (RuleIds.LabelsShifted, "1.shift-k", "labels off by k = -8 to 8 rows, over nine bases: the right k named"),
        (RuleIds.Overconfidence, "2.confirmed-MLD401", "models at ML.NET's defaults that were warned of: its temperature lowers the log-loss of fresh rows"),
        (RuleIds.ValidationTestGap, "2.cause-MLD402", "planted: the planted cause named"),
    ];

    /// <summary>The tables a rule's rows stand in, by what their rows begin with, and the mark of each on its page: of rules on data, on networks, on fits and predictions, on training, and on sweeps.</summary>
    public static IReadOnlyList<(string Command, string Prefix, string Mark)> TablesOf(string rule)
    {
        if (rule[3] == '3' && IsOfTraining(rule))
            return [("training", "4", Mark)];
        if (IsOfSweeps(rule))
            return [("sweep", "6", Mark)];
        var (command, prefix) = IsOfNetworks(rule) ? ("network", "3") : rule[3] == '1' ? ("data", "1") : ("guard", "2");
        return [(command, prefix, Mark), .. IsOfTraining(rule) ? [("training", "4", TrainingMark)] : Array.Empty<(string, string, string)>()];
    }

    /// <summary>True for the rules that judge a network before its first step.</summary>
    public static bool IsOfNetworks(string rule) => rule[3] == '2' || rule == RuleIds.InitialLoss;

    /// <summary>True for the rules that judge a sweep.</summary>
    public static bool IsOfSweeps(string rule) => rule[3] == '5';

    /// <summary>True for the rules that judge a training run; those on predictions judge the rows held out from it too.</summary>
    public static bool IsOfTraining(string rule) =>
        (rule[3] == '3' && rule != RuleIds.InitialLoss) || rule is RuleIds.Overconfidence or RuleIds.NegativeLoss or RuleIds.DeadModel or RuleIds.InvalidProbabilities;

    /// <summary>Rewrites the pages whose rules have rows in a table's file.</summary>
    /// <param name="json">What <c>-- data --json FILE</c>, <c>-- guard --json FILE</c>, <c>-- network --json FILE</c>, <c>-- training --json FILE</c> or <c>-- sweep --json FILE</c> wrote.</param>
    /// <param name="pages">The folder of the pages.</param>
    /// <returns>How many pages were written.</returns>
    public static int Write(string json, string pages)
    {
        var rows = TableFile.Read(json).ToDictionary(r => r.Name);
        var written = 0;
        foreach (var path in Directory.GetFiles(pages, "MLD*.md").Order())
        {
            var rule = Path.GetFileNameWithoutExtension(path);
            foreach (var table in TablesOf(rule).Where(t => rows.ContainsKey($"{t.Prefix}.found-{rule}")))
            {
                Write(path, table.Mark, Table(rule, table.Command, table.Prefix, rows));
                written++;
            }
        }

        return written;
    }

    /// <summary>Puts a table below a mark, in the place of the one that stands there.</summary>
    private static void Write(string path, string mark, IEnumerable<string> table)
    {
        var lines = File.ReadAllLines(path).ToList();
        var at = lines.IndexOf(mark);
        if (at < 0)
            throw new InvalidOperationException($"{path} has no line '{mark}'.");
        var end = at + 1;
        while (end < lines.Count && (lines[end].Length == 0 || lines[end][0] == '|'))
            end++;
        lines.RemoveRange(at + 1, end - at - 1);
        lines.InsertRange(at + 1, ["", .. table, .. at + 1 < lines.Count ? [""] : Array.Empty<string>()]);
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
    }

    private static IEnumerable<string> Table(string rule, string command, string prefix, IReadOnlyDictionary<string, TableRow> rows)
    {
        yield return $"| `Zoo -- {command}`, Score split | n | value | 95 % interval |";
        yield return "|---|---|---|---|";
        yield return Line("planted: found by this rule at the right place", rows[$"{prefix}.found-{rule}"]);
        yield return Line("its healthy twin: flagged by this rule", rows[$"{prefix}.twin-{rule}"]);
        // A rule on data that flagged no healthy run has no row of its own.
        yield return Line(
            "healthy runs on all bases: flagged by this rule", rows.GetValueOrDefault($"{prefix}.healthy-{rule}") ?? TableRow.Share("", 0, rows[$"{prefix}.healthy-flagged"].N, "<=", double.NaN));
        foreach (var other in Others.Where(o => o.Rule == rule && o.Row.StartsWith(prefix + '.', StringComparison.Ordinal)))
            yield return Line(other.Says, rows[other.Row]);
    }

    private static string Line(string says, TableRow row) => string.Create(
        CultureInfo.InvariantCulture, $"| {says} | {row.N} | {row.Value:0.####} | {row.Low:0.####} to {row.High:0.####} |");
}
