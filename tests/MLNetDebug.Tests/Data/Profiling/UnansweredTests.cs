using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Profiling;

[TestClass]
public sealed class UnansweredTests
{
    [TestMethod]
    public void Equal_rows_looked_for_in_a_sample_are_said_to_be()
    {
        var profile = Profiles.Of(1_000_000, []) with { Duplicates = new DuplicateProfile { IsExact = false, Rows = 400_000, SampledShare = 0.5 } };
        Assert.Contains("among 400,000 of 1,000,000 rows", Note(profile).Single().Reason);
        Assert.IsEmpty(Note(profile with { Duplicates = profile.Duplicates with { IsExact = true } }));
    }

    [TestMethod]
    public void A_pass_that_ended_early_is_said()
    {
        Assert.Contains("ended at its budget after 10 rows", Note(Profiles.Of(10, []) with { IsComplete = false }).Single().Reason);
        Assert.IsEmpty(Note(Profiles.Of(10, [])));
    }

    private static IReadOnlyList<NotChecked> Note(DataProfile profile)
    {
        var run = new RunContext();
        Unanswered.Note(profile, run);
        return run.Unanswered;
    }
}
