using MLNetDebug.Torch.Zoo.Trainers;

namespace MLNetDebug.Torch.Tests.Trainers;

[TestClass]
public sealed class KillTrainerTests
{
    [TestMethod]
    public void Trainings_that_were_killed_end_in_the_bits_of_one_never_killed() =>
        Assert.AreEqual(1, KillTrainerCommand.Rows(3, 1).Single(r => r.Name == "5.kill").Value);
}
