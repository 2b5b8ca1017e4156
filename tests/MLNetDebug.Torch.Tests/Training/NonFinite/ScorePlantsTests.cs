using MLNetDebug.Torch.Training.Locating;
using MLNetDebug.Torch.Zoo.NonFinite;

namespace MLNetDebug.Torch.Tests.Training.NonFinite;

[TestClass]
public sealed class ScorePlantsTests
{
    public required TestContext TestContext { get; set; }

    [TestMethod]
    public void Nearly_all_are_found_at_their_place()
    {
        var (places, directions) = (0, 0);
        foreach (var plant in ScorePlants.All)
        {
            using var replay = new PlantReplay(plant, 11);
            var incident = NonFiniteLocaliser.Locate(replay.Replay, 0, replay.IsLossFinite ? "gradient" : "loss");
            var place = NonFinitePlant.PlaceOf(incident);
            places += place == plant.ExpectedPlace ? 1 : 0;
            directions += incident.Direction == plant.ExpectedDirection ? 1 : 0;
            TestContext.WriteLine($"{plant.Id}: {incident.Direction} at '{place}', {incident.Operation} ({plant.ExpectedDirection} at '{plant.ExpectedPlace}')");
        }

        Assert.HasCount(24, ScorePlants.All);
        Assert.IsGreaterThanOrEqualTo(22, places);
        Assert.IsGreaterThanOrEqualTo(22, directions);
    }
}
