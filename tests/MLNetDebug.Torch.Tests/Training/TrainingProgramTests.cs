using MLNetDebug.Torch.Zoo.Training;
using MLNetDebug.Torch.Zoo.Training.Programs;
using TorchSharp;

namespace MLNetDebug.Torch.Tests.Training;

/// <summary>The zoo's programs of training, as data and as programs that run.</summary>
[TestClass]
public sealed class TrainingProgramTests
{
    [TestMethod]
    public void Each_has_a_name_of_its_own() => CollectionAssert.AllItemsAreUnique(SickTraining.All.Concat(HealthyTraining.All).Select(p => p.Id + (p.Fault is null ? " healthy" : string.Empty)).ToArray());

    [TestMethod]
    public void No_base_stands_on_both_sides() => Assert.IsTrue(SickTraining.All.Concat(HealthyTraining.All).GroupBy(p => p.Base).All(g => g.Select(p => p.Split).Distinct().Count() == 1));

    /// <summary>The short table runs some programs of each rule only: here each takes a few steps and is validated once.</summary>
    [TestMethod]
    public void Each_sick_one_runs()
    {
        torch.set_num_threads(1);
        foreach (var program in SickTraining.All)
        {
            var plan = program.Plan with { Steps = 1, Network = program.Plan.Network with { Epochs = 1 } };
            var sick = program.Fault!.Apply(plan);
            var outcome = TrainingRun.Of(sick with { Steps = 1 }, MLNetDebug.Torch.Zoo.Data.NetworkBases.Named(program.Base), 3, new() { Policy = MLNetDebug.Torch.Training.TrainingPolicy.Observe });
            Assert.IsGreaterThan(-1, outcome.Window.Step, program.Id);
        }
    }
}
