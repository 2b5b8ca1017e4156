using MLNetDebug.Data;
using MLNetDebug.Tests.Data.Splits;

namespace MLNetDebug.Tests.Data.Rules;

[TestClass]
public sealed class SplitShiftTests
{
    [TestMethod]
    public void Half_a_deviation_in_one_of_thirty_columns_is_found_and_named()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var report = Judge(Wide(30, 1000, seed), Wide(30, 1000, seed + 1000, (7, 0.5)));
            var finding = report.Findings.Single(f => f.Severity == Severity.Warning);
            Assert.AreEqual("c7", finding.Subject.Name);
        }
    }

    [TestMethod]
    public void The_message_gives_the_move_in_sd_and_the_distance()
    {
        var finding = Judge(Sampled.Split.Numbers("age", Sampled.Normal(2000, 1, 40, 10)), Sampled.Split.Numbers("age", Sampled.Normal(1000, 2, 45, 10))).Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.Contains("age differs between the training data and the hold-out data: mean +0.4", finding.Message);
        Assert.Contains(" sd (", finding.Message);
        Assert.Contains("KS 0.", finding.Message);
        Assert.IsTrue(finding.Evidence.Any(e => e.Name == "Kolmogorov-Smirnov distance" && e.Threshold == 0.1));
        Assert.AreEqual(1.0 / 3, ((SplitMend)finding.Mend!).TestFraction, 1e-12);
    }

    [TestMethod]
    public void Dates_are_written_as_dates_and_spans_as_spans()
    {
        static double[] Hours(DateTime first) => [.. Enumerable.Range(0, 500).Select(i => (double)first.AddHours(i).Ticks)];
        var dates = Judge(Sampled.Split.Doubles("at", Hours(new DateTime(2019, 2, 1)), ColumnKind.Time), Sampled.Split.Doubles("at", Hours(new DateTime(2020, 2, 1)), ColumnKind.Time)).Findings.Single();
        Assert.Contains("(2019-02-11 09:30 to 2020-02-11 09:30)", dates.Message);
        Assert.Contains("above the greatest training value, 2019-02-21 19:00", dates.Message);
        var spans = Judge(Sampled.Split.Doubles("took", Hours(default), ColumnKind.Time), Sampled.Split.Doubles("took", Hours(default(DateTime).AddDays(30)), ColumnKind.Time)).Findings.Single();
        Assert.Contains("above the greatest training value, 20.19:00:00", spans.Message);
    }

    [TestMethod]
    public void Random_splits_are_silent()
    {
        var alarms = Enumerable.Range(0, 60).Count(seed => Judge(Wide(20, 300, seed), Wide(20, 200, seed + 5000)).Findings.Any(f => f.Severity >= Severity.Warning));
        Assert.IsLessThanOrEqualTo(1, alarms);
    }

    [TestMethod]
    public void A_tiny_shift_of_very_many_rows_is_told_as_Info_only()
    {
        var finding = Judge(Sampled.Split.Numbers("a", Sampled.Normal(200_000, 1)), Sampled.Split.Numbers("a", Sampled.Normal(200_000, 2, 0.05))).Findings.Single();
        Assert.AreEqual(Severity.Info, finding.Severity);
        Assert.Contains("too little to matter", finding.Message);
    }

    [TestMethod]
    [DataRow(0.2, Severity.Info)]
    [DataRow(0.32, Severity.Warning)]
    public void Between_the_floors_it_is_Info(double shift, Severity severity)
    {
        var finding = Judge(Sampled.Split.Numbers("a", Sampled.Normal(20_000, 1)), Sampled.Split.Numbers("a", Sampled.Normal(20_000, 2, shift))).Findings.Single();
        Assert.AreEqual(severity, finding.Severity);
    }

    [TestMethod]
    public void Missing_values_that_become_more_are_found()
    {
        var finding = Judge(Sampled.Split.Numbers("a", Holes(2000, 1, 0.02)), Sampled.Split.Numbers("a", Holes(2000, 2, 0.07))).Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.Contains("missing in ", finding.Message);
    }

    [TestMethod]
    public void A_few_rows_far_outside_are_found()
    {
        float[] test = [.. Sampled.Normal(1000, 2).Select(v => v % 2)];
        for (var i = 0; i < 15; i++)
            test[i * 60] = 20 + i;
        var finding = Judge(Sampled.Split.Numbers("a", Sampled.Normal(1000, 1)), Sampled.Split.Numbers("a", test)).Findings.Single();
        Assert.Contains("1.5 % of the hold-out data (15 of 1,000 values) lie above the greatest training value", finding.Message);
    }

    [TestMethod]
    public void A_value_filled_in_within_the_range_is_found()
    {
        var test = Sampled.Normal(1000, 2);
        for (var i = 0; i < 20; i++)
            test[i * 49] = 0.5f;
        var finding = Judge(Sampled.Split.Numbers("a", Sampled.Normal(1000, 1)), Sampled.Split.Numbers("a", test)).Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.Contains("2 % of the hold-out data (20 of 1,000 values) are 0.5, which no row of the training data holds", finding.Message);
    }

    [TestMethod]
    public void A_new_category_and_a_moved_one_are_found()
    {
        var random = new Random(4);
        string[] train = [.. Enumerable.Range(0, 4000).Select(_ => random.NextDouble() < 0.5 ? "a" : "b")];
        string[] moved = [.. Enumerable.Range(0, 4000).Select(_ => random.NextDouble() < 0.7 ? "a" : "b")];
        string[] fresh = [.. train];
        for (var i = 0; i < 20; i++)
            fresh[i * 9] = "secret";

        Assert.Contains("total variation 0.", Judge(Sampled.Split.Texts("t", train), Sampled.Split.Texts("t", moved)).Findings.Single().Message);
        var finding = Judge(Sampled.Split.Texts("t", train), Sampled.Split.Texts("t", fresh)).Findings.Single();
        Assert.Contains("a category the training data lacks stands in 0.5 % of the hold-out data (20 rows)", finding.Message);

        // What the cell holds is the user's: it is kept apart from the message.
        Assert.DoesNotContain("secret", finding.Message);
        Assert.AreEqual("new: secret", finding.Values[0]);
    }

    [TestMethod]
    public void Another_unit_is_called_one()
    {
        var finding = Judge(
            Sampled.Split.Numbers("height", Sampled.Normal(500, 1, 1.7, 0.1)), Sampled.Split.Numbers("height", Sampled.Normal(500, 2, 170, 10))).Findings.Single();
        Assert.Contains("Check the units", finding.Advice[0].Text);
        Assert.IsNull(finding.Mend);
    }

    [TestMethod]
    public void Many_columns_that_differ_are_summed_up()
    {
        var report = Judge(Wide(15, 500, 1), Wide(15, 500, 2, [.. Enumerable.Range(0, 15).Select(i => (i, 1.0))]));
        Assert.HasCount(11, report.Findings);
        Assert.IsTrue(report.Findings.Any(f => f.Message.StartsWith("5 further columns of 15", StringComparison.Ordinal)));
        Assert.AreEqual(1, report.Findings.Count(f => f.Mend is not null));
    }

    [TestMethod]
    public void Too_few_rows_to_see_the_floor_are_said()
    {
        var report = Judge(Wide(30, 60, 1), Wide(30, 40, 2));
        Assert.IsEmpty(report.Findings);
        var unanswered = report.NotChecked.Single();
        Assert.Contains("30 columns", unanswered.Reason);
        Assert.IsGreaterThan(500, unanswered.RowsNeeded!.Value);
    }

    [TestMethod]
    public void No_rows_and_no_columns_are_no_findings()
    {
        Assert.IsEmpty(Judge(Sampled.Split.Numbers("a", []), Sampled.Split.Numbers("a", [])).Findings);
        Assert.IsEmpty(Judge(Sampled.Split, Sampled.Split).Findings);
        Assert.IsEmpty(Judge(Sampled.Split.Numbers("a", [1, 2, 3]), Sampled.Split.Numbers("a", [float.NaN, float.NaN])).Findings);
    }

    [TestMethod]
    public void A_time_split_gets_no_random_split_for_a_mend()
    {
        Sampled Split(int seed, double mean) =>
            Sampled.Split.Numbers("a", Sampled.Normal(500, seed, mean)).Doubles("at", new double[500], ColumnKind.Time, ColumnRole.Time);
        var finding = Judge(Split(1, 0), Split(2, 1)).Findings.Single();
        Assert.IsNull(finding.Mend);
        Assert.Contains("another time", finding.Advice[0].Text);
    }

    private static DiagnosticReport Judge(Sampled train, Sampled test) => RuleTester.Judge(new SplitShift(), Sampled.Compare(train, test));

    private static Sampled Wide(int columns, int rows, int seed, params (int Column, double Shift)[] shifts)
    {
        var split = Sampled.Split;
        for (var i = 0; i < columns; i++)
            split.Numbers($"c{i}", Sampled.Normal(rows, seed * 100 + i, shifts.FirstOrDefault(s => s.Column == i).Shift));
        return split;
    }

    private static float[] Holes(int rows, int seed, double share)
    {
        var random = new Random(seed);
        return [.. Sampled.Normal(rows, seed).Select(v => random.NextDouble() < share ? float.NaN : v)];
    }
}
