using MLNetDebug.Data;
using MLNetDebug.Tests.Data.Splits;

namespace MLNetDebug.Tests.Data.Rules;

[TestClass]
public sealed class SplitLeakageTests
{
    [TestMethod]
    [DataRow(2_000, 1_000, 50)]
    [DataRow(200_000, 100_000, 500)]
    public void Leaked_rows_are_counted_exactly(int train, int test, int leaked)
    {
        var finding = Judge(Unique(0, train), [.. Unique(0, leaked), .. Unique(1_000_000, test - leaked)]).Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.Contains($"{leaked} rows of the hold-out data ({100.0 * leaked / test:0.##} %) equal a row of the training data", finding.Message);
        var mend = (DropRowsMend)finding.Mend!;
        Assert.IsTrue(mend.InHoldOut);
        Assert.HasCount(leaked, mend.Rows);
    }

    [TestMethod]
    public void The_same_rows_by_row_id_are_an_Error()
    {
        var train = Sampled.Split.Fingerprints(Unique(0, 1000), ids: Ids(0, 1000));
        var test = Sampled.Split.Fingerprints([.. Unique(0, 20), .. Unique(5000, 480)], ids: [.. Ids(0, 20), .. Ids(7000, 480)]);
        var finding = RuleTester.Judge(new SplitLeakage(), Sampled.Compare(train, test)).Findings.Single();
        Assert.AreEqual(Severity.Error, finding.Severity);
        Assert.Contains("20 of them carry the same row id", finding.Message);
    }

    [TestMethod]
    public void A_time_column_that_holds_no_times_is_said_not_to_be_compared()
    {
        static Sampled Split(int seed) => Sampled.Split.Numbers("a", Sampled.Normal(50, seed)).Texts("when", [.. Enumerable.Range(0, 50).Select(i => $"day {i}")], ColumnRole.Time).Fingerprints(Unique(seed * 100, 50));
        var report = RuleTester.Judge(new SplitLeakage(), Sampled.Compare(Split(1), Split(2)));
        Assert.IsEmpty(report.Findings);
        Assert.AreEqual("when", report.NotChecked.Single().Subject.Name);
    }

    [TestMethod]
    public void Duplicates_that_the_data_has_by_nature_are_Info()
    {
        // Few categories: most rows have twins wherever they fall.
        for (var seed = 0; seed < 50; seed++)
        {
            var random = new Random(seed);
            ulong[] Rows(int n, int kinds) => [.. Enumerable.Range(0, n).Select(_ => (ulong)random.Next(kinds) + 1)];
            foreach (var kinds in new[] { 20, 2000, 400_000 })
            {
                var report = Judge(Rows(2000, kinds), Rows(1000, kinds));
                Assert.IsFalse(report.Findings.Any(f => f.Severity >= Severity.Warning), $"seed {seed}, {kinds} kinds");
                Assert.IsTrue(report.Findings.All(f => f.Mend is null && f.Message.Contains("own duplicates")));
            }
        }
    }

    [TestMethod]
    public void Copies_beyond_natural_duplicates_are_found_among_them()
    {
        var random = new Random(3);
        ulong[] Rows(int n) => [.. Enumerable.Range(0, n).Select(_ => (ulong)random.Next(50_000) + 1)];
        var train = Rows(2000);
        Assert.AreEqual(Severity.Warning, Judge(train, [.. train.Take(100), .. Rows(900)]).Findings.Single().Severity);
    }

    [TestMethod]
    public void One_pair_of_equal_rows_accuses_nobody()
    {
        var finding = Judge(Unique(0, 100), [.. Unique(5, 1), .. Unique(1000, 49)]).Findings.Single();
        Assert.AreEqual(Severity.Info, finding.Severity);
    }

    [TestMethod]
    public void No_common_row_is_no_finding() => Assert.IsEmpty(Judge(Unique(0, 100), Unique(500, 50)).Findings);

    [TestMethod]
    public void Labels_that_agree_and_conflict_are_told_apart()
    {
        var train = Sampled.Split.Classes([.. Enumerable.Repeat(0f, 100)]).Fingerprints(Unique(0, 100));
        var test = Sampled.Split.Classes([.. Enumerable.Repeat(0f, 60)])
            .Fingerprints(Unique(0, 60), [.. Enumerable.Range(0, 60).Select(i => i < 10 ? 1u : 0u)]);
        Assert.Contains("50 with the same label and 10 with another", RuleTester.Judge(new SplitLeakage(), Sampled.Compare(train, test)).Findings.Single().Message);
    }

    [TestMethod]
    public void Rows_within_the_training_period_are_told_as_Info()
    {
        Sampled Split(double from) => Sampled.Split.Doubles("at", [from, from + 10], ColumnKind.Time, ColumnRole.Time).Fingerprints([(ulong)from]);
        var finding = RuleTester.Judge(new SplitLeakage(), Sampled.Compare(Split(10), Split(15))).Findings.Single();
        Assert.AreEqual(Severity.Info, finding.Severity);
        Assert.Contains("50 %", finding.Message);
        Assert.AreEqual(SplitKind.Time, ((SplitMend)finding.Mend!).Kind);
    }

    [TestMethod]
    public void Without_fingerprints_it_is_said() =>
        Assert.Contains("no fingerprints", RuleTester.Judge(new SplitLeakage(), Sampled.Compare(Sampled.Split, Sampled.Split)).NotChecked.Single().Reason);

    [TestMethod]
    public void Empty_splits_are_no_trouble() => Assert.IsEmpty(Judge([], []).Findings);

    private static DiagnosticReport Judge(ulong[] train, ulong[] test) => RuleTester.Judge(
        new SplitLeakage(),
        Sampled.Compare(Sampled.Split.Fingerprints(train, ids: Ids(0, train.Length)), Sampled.Split.Fingerprints(test, ids: Ids(1 << 30, test.Length))));

    // Distinct values over the whole range of fingerprints.
    private static ulong[] Unique(int from, int count) => [.. Enumerable.Range(from, count).Select(i => (ulong)(i + 1) * 0x9E37_79B9_7F4A_7C15)];

    private static uint[] Ids(int from, int count) => [.. Enumerable.Range(from, count).Select(i => (uint)i)];
}
