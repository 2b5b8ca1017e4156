using MLNetDebug.Data;
using MLNetDebug.Tests.Data.Splits;

namespace MLNetDebug.Tests.Data.Rules;

[TestClass]
public sealed class MultivariateShiftTests
{
    [TestMethod]
    [DataRow(100)]
    [DataRow(300)]
    public void A_correlation_lost_in_one_pair_of_thirty_columns_is_found_and_named(int rows)
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var finding = Judge(Pairs(rows, seed, 0.8), Pairs(rows, seed + 500, 0)).Findings.Single(f => f.Subject.Kind == SubjectKind.Column);
            Assert.AreEqual(Severity.Warning, finding.Severity);
            Assert.Contains("The rank correlation of c0 and c1 goes from 0.", finding.Message);
        }
    }

    [TestMethod]
    public void Random_splits_are_silent()
    {
        var alarms = Enumerable.Range(0, 60).Count(s => Judge(Pairs(250, s, 0.5, 8), Pairs(150, s + 700, 0.5, 8)).Findings.Any(f => f.Severity >= Severity.Warning));
        Assert.IsLessThanOrEqualTo(1, alarms);
    }

    [TestMethod]
    public void A_pair_whose_sum_is_bounded_is_told_by_the_model()
    {
        // Each column alone is normal on both sides and the correlation is 0 on both: only the pair differs.
        static Sampled Split(int seed, bool bound)
        {
            float[] a = Sampled.Normal(4000, seed), b = Sampled.Normal(4000, seed + 50);
            if (bound)
            {
                for (var i = 0; i < b.Length; i++)
                    b[i] = MathF.Abs(b[i]) * (Math.Abs(a[i]) < 0.6745f ? 1 : -1);
            }

            return Sampled.Split.Numbers("a", a).Numbers("b", b);
        }

        var finding = Judge(Split(1, false), Split(2, true)).Findings.Single();
        Assert.Contains("A model tells rows of the hold-out data", finding.Message);
        Assert.IsGreaterThan(0.7, finding.Evidence.Single().Value);
    }

    [TestMethod]
    public void A_change_below_the_floor_is_silent() =>
        Assert.IsEmpty(Judge(Pairs(20_000, 1, 0.5, 3), Pairs(20_000, 2, 0.56, 3)).Findings);

    [TestMethod]
    public void Few_rows_are_said_to_be_few()
    {
        var report = Judge(Pairs(60, 1, 0), Pairs(60, 2, 0));
        Assert.IsEmpty(report.Findings);
        Assert.IsTrue(report.NotChecked.Any(n => n.Reason.Contains("a change of correlation") && n.RowsNeeded > 60));
        Assert.IsTrue(report.NotChecked.Any(n => n.Reason.Contains("too few rows to train") && n.RowsNeeded == 300));
    }

    [TestMethod]
    public void What_the_model_did_not_see_or_could_not_show_is_said()
    {
        var report = Judge(Pairs(400, 1, 0.5, 102), Pairs(200, 2, 0.5, 102));
        Assert.IsTrue(report.NotChecked.Any(n => n.Reason.StartsWith("2 slots beyond the first 100 were not given to the model", StringComparison.Ordinal)));
        var blind = report.NotChecked.Single(n => n.Reason.StartsWith("whether a model tells the splits apart with an AUC below 0.", StringComparison.Ordinal));
        Assert.IsGreaterThan(200, blind.RowsNeeded!.Value);
        report = Judge(Pairs(6000, 1, 0.5, 3), Pairs(6000, 2, 0.5, 3));
        Assert.IsFalse(report.NotChecked.Any(n => n.Reason.StartsWith("whether a model tells", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void A_shift_of_a_column_is_the_root_of_what_follows_from_it() =>
        Assert.AreEqual(RuleIds.SplitShift, new MultivariateShift().Descriptor.SymptomOf.Single());

    private static DiagnosticReport Judge(Sampled train, Sampled test)
    {
        DataProfile a = train.ToProfile("training data"), b = test.ToProfile("hold-out data");
        var have = new Measurements().With(a).With(new HoldOutProfile(b));
        return new RuleEngine([new MultivariateShift()]).Run("test", [new SplitComparisonMeasurer(), new DomainClassifierMeasurer()], new RunContext(), have);
    }

    private static Sampled Pairs(int rows, int seed, double correlation, int columns = 30)
    {
        var split = Sampled.Split;
        float[] first = Sampled.Normal(rows, seed * 100);
        split.Numbers("c0", first);
        split.Numbers("c1", [.. Sampled.Normal(rows, seed * 100 + 1).Zip(first, (e, x) => (float)(correlation * x + Math.Sqrt(1 - correlation * correlation) * e))]);
        for (var i = 2; i < columns; i++)
            split.Numbers($"c{i}", Sampled.Normal(rows, seed * 100 + i));
        return split;
    }
}
