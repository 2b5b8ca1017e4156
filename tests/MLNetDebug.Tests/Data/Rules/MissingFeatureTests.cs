using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Rules;

[TestClass]
public sealed class MissingFeatureTests
{
    private static readonly TrainerTraits Sdca = new("SdcaRegressionTrainer", TrainerFamily.DualCoordinateAscent, true);

    [TestMethod]
    public void Missing_numbers_are_a_warning_that_says_how_many_rows_are_lost()
    {
        var finding = Judge(Sdca, Slot(1000, 20)).Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.StartsWith("20 of 1,000 rows", finding.Message);
        Assert.Contains("SdcaRegressionTrainer skips such rows", finding.Message);
        Assert.AreEqual(0, finding.Subject.Slot);
        Assert.AreEqual("Features", string.Join(", ", ((ReplaceMissingMend)finding.Mend!).Columns));
    }

    [TestMethod]
    public void A_tree_takes_them_as_they_are() =>
        Assert.IsEmpty(Judge(new TrainerTraits("FastTreeBinaryTrainer", TrainerFamily.Trees, false), Slot(1000, 500)).Findings);

    [TestMethod]
    [DataRow(1000, 1, true, Severity.Warning)]
    [DataRow(1001, 1, true, Severity.Info)]
    [DataRow(1000, 10, false, Severity.Warning)]
    [DataRow(1000, 9, false, Severity.Info)]
    public void The_share_of_rows_decides(int rows, int missing, bool known, Severity expected) =>
        Assert.AreEqual(expected, Judge(known ? Sdca : null, Slot(rows, missing)).Findings.Single().Severity);

    [TestMethod]
    public void Rows_lost_over_several_slots_are_counted_once()
    {
        float[] first = [float.NaN, float.NaN, 1, 1], second = [float.NaN, 1, float.NaN, 1];
        var column = Profiles.Vector("Features", Profiles.Slot([.. first.Select(v => (double)v)]), Profiles.Slot([.. second.Select(v => (double)v)]));
        var sampled = Sample(first, second);
        var finding = RuleTester.Judge(new MissingFeature(), Profiles.Of(4, [column]) with { Sample = sampled }).Findings.Single();
        Assert.StartsWith("3 of 4 rows", finding.Message);
        var bounded = RuleTester.Judge(new MissingFeature(), Profiles.Of(4, [column])).Findings.Single();
        Assert.StartsWith("At least 2 of 4 rows", bounded.Message);
    }

    [TestMethod]
    public void A_column_without_any_value_loses_every_row()
    {
        var finding = Judge(null, Slot(50, 50)).Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.Contains("holds no value at all", finding.Message);
        Assert.AreEqual(Severity.Error, Judge(Sdca, Slot(50, 50)).Findings.Single().Severity, "Nothing is left to train on.");
        Assert.AreEqual(Severity.Warning, Judge(Sdca, Slot(50, 49)).Findings.Single().Severity);
    }

    [TestMethod]
    public void Complete_columns_empty_texts_and_no_rows_give_nothing()
    {
        Assert.IsEmpty(Judge(null, Slot(100, 0)).Findings);
        Assert.IsEmpty(Judge(null, Slot(0, 0)).Findings);
        Assert.IsEmpty(RuleTester.Judge(new MissingFeature(), Profiles.Of(4, [Profiles.Scalar("Note", Slot(4, 2), ColumnKind.Text)])).Findings);
    }

    [TestMethod]
    public void An_option_out_of_range_is_refused() =>
        Assert.ThrowsExactly<ArgumentException>(() => RuleTester.Judge(new MissingFeature(new MissingFeatureOptions { KnownTrainerShare = 0 }), Profiles.OfSlots(Slot(1, 0))));

    private static DiagnosticReport Judge(TrainerTraits? trainer, SlotProfile slot)
    {
        var profile = Profiles.OfSlots(slot);
        return RuleTester.Judge(new MissingFeature(), profile with { Declaration = profile.Declaration with { Trainer = trainer } });
    }

    private static SlotProfile Slot(int rows, int missing) => Profiles.Slot([.. Enumerable.Range(0, rows).Select(i => i < missing ? double.NaN : i)]);

    private static DataSample Sample(params float[][] slots) => new(
        0,
        [.. Enumerable.Range(0, slots[0].Length).Select(i => (long)i)],
        [
            .. slots.Select((s, i) => new SampleColumn
            {
                Column = "Features",
                Slot = i,
                Kind = ColumnKind.Number,
                Role = ColumnRole.Feature,
                Subject = Subject.Column("Features", i),
                Singles = s,
            }),
        ],
        null);
}
