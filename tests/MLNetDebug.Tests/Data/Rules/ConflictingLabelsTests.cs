using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Rules;

[TestClass]
public sealed class ConflictingLabelsTests
{
    [TestMethod]
    public void More_conflicts_than_chance_are_a_warning()
    {
        // Fifty copies of rows, every one with the other of two labels: labels drawn at random would give half.
        var finding = Judge(Profile(copies: 50, equalLabels: 0)).Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.AreEqual(SubjectKind.Label, finding.Subject.Kind);
        Assert.AreEqual("0, 500", string.Join(", ", finding.Subject.Rows));
        Assert.Contains("100 % of the copies carry another label; labels drawn at random would give 50 %", finding.Message);
    }

    [TestMethod]
    public void Conflicts_that_features_of_few_values_bring_are_info() =>
        Assert.AreEqual(Severity.Info, Judge(Profile(copies: 900, equalLabels: 500, distinct: 3)).Findings.Single().Severity);

    [TestMethod]
    public void Many_conflicting_rows_where_rows_do_not_repeat_by_chance_are_a_warning()
    {
        Assert.AreEqual(Severity.Warning, Judge(Profile(copies: 100, equalLabels: 75, conflictingRows: 50, distinct: 1000)).Findings.Single().Severity);
        Assert.AreEqual(Severity.Info, Judge(Profile(copies: 100, equalLabels: 76, conflictingRows: 48, distinct: 1000)).Findings.Single().Severity);
    }

    [TestMethod]
    public void Columns_of_many_values_that_are_mostly_zero_leave_no_room()
    {
        // A thousand values each, but nine rows of ten hold zero in both columns: such rows are equal by chance.
        var slot = Profiles.Slot([.. Enumerable.Range(0, 1000).Select(i => i % 10 == 0 ? (double)i : 0)]);
        var coarse = Profiles.Of(1000, [Profiles.Vector("Features", slot, slot, slot, slot)], Profiles.ClassLabel(500, 500));
        var dense = Profile(copies: 100, equalLabels: 75, conflictingRows: 60, distinct: 1000);
        Assert.AreEqual(Severity.Warning, Judge(dense).Findings.Single().Severity);
        Assert.AreEqual(Severity.Info, Judge(dense with { Columns = coarse.Columns }).Findings.Single().Severity);
    }

    [TestMethod]
    public void Three_conflicts_out_of_three_prove_nothing() =>
        Assert.AreEqual(Severity.Info, Judge(Profile(copies: 3, equalLabels: 0, distinct: 1000)).Findings.Single().Severity);

    [TestMethod]
    public void Copies_with_the_same_label_and_no_copies_give_nothing()
    {
        Assert.IsEmpty(Judge(Profile(copies: 40, equalLabels: 40)).Findings);
        Assert.IsEmpty(Judge(Profile(copies: 0, equalLabels: 0)).Findings);
    }

    [TestMethod]
    public void Regression_and_labels_without_number_are_not_judged()
    {
        var profile = Profile(copies: 50, equalLabels: 0);
        Assert.IsEmpty(Judge(profile with { Declaration = profile.Declaration with { Task = LearningTask.Regression } }).Findings);
        var many = Judge(profile with { Label = profile.Label! with { TooManyClasses = true, Classes = [] } });
        Assert.IsEmpty(many.Findings);
        Assert.HasCount(1, many.NotChecked);
    }

    [TestMethod]
    public void A_mend_is_offered_only_where_every_row_in_conflict_is_known()
    {
        Assert.HasCount(2, ((DropRowsMend)Judge(Profile(copies: 1, equalLabels: 0, conflictingRows: 2)).Findings.Single().Mend!).Rows);
        Assert.IsNull(Judge(Profile(copies: 2, equalLabels: 0, conflictingRows: 3)).Findings.Single().Mend);
    }

    [TestMethod]
    public void Upper_tail_is_that_of_the_binomial()
    {
        Assert.AreEqual(1.0 / 1024, ConflictingLabels.UpperTail(10, 10, 0.5), 1e-12);
        Assert.AreEqual(11.0 / 1024, ConflictingLabels.UpperTail(9, 10, 0.5), 1e-12);
        Assert.AreEqual(1, ConflictingLabels.UpperTail(0, 10, 0.5));
    }

    private static DataProfile Profile(long copies, long equalLabels, long? conflictingRows = null, int distinct = 50)
    {
        var slot = Profiles.Slot([.. Enumerable.Range(0, 1000).Select(i => (double)(i % distinct))]);
        var profile = Profiles.Of(1000, [Profiles.Vector("Features", slot, slot)], Profiles.ClassLabel(500, 500));
        var conflicts = copies - equalLabels;
        return profile with
        {
            Declaration = profile.Declaration with { Task = LearningTask.BinaryClassification },
            Duplicates = new DuplicateProfile
            {
                IsExact = true,
                Rows = 1000,
                DuplicateFeatures = copies,
                DuplicateRows = equalLabels,
                ConflictingGroups = conflicts,
                ConflictingRows = conflictingRows ?? 2 * conflicts,
                ConflictingExamples = conflicts == 0 ? [] : [(0, 500)],
            },
        };
    }

    private static DiagnosticReport Judge(DataProfile profile) => RuleTester.Judge(new ConflictingLabels(), profile);
}
