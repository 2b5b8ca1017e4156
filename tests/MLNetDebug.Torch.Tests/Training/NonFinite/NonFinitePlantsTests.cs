using MLNetDebug.Torch.Training;
using MLNetDebug.Torch.Training.Locating;
using MLNetDebug.Torch.Zoo.NonFinite;

namespace MLNetDebug.Torch.Tests.Training.NonFinite;

[TestClass]
public sealed class NonFinitePlantsTests
{
    public static IEnumerable<object[]> Calibrate => CalibratePlants.All.Select(p => new object[] { p.Id });

    public static IEnumerable<object[]> Every => CalibratePlants.All.Concat(ScorePlants.All).Select(p => new object[] { p.Id });

    [TestMethod]
    [DynamicData(nameof(Every))]
    public void A_plant_is_not_finite_where_it_says(string id)
    {
        using var plant = new PlantReplay(Named(id), 3);
        Assert.IsFalse(plant.IsLossFinite && plant.IsGradientFinite);
        // A loss that is not finite was spoiled before the backward pass; the reverse is not so: an LSTM bears infinity, its gradient does not.
        if (Named(id).ExpectedDirection == NonFiniteDirection.Backward)
            Assert.IsTrue(plant.IsLossFinite);
    }

    [TestMethod]
    [DynamicData(nameof(Calibrate))]
    public void A_plant_is_found_at_its_place(string id)
    {
        using var plant = new PlantReplay(Named(id), 3);
        var incident = NonFiniteLocaliser.Locate(plant.Replay, 7, plant.IsLossFinite ? "gradient" : "loss");
        File.AppendAllText("/tmp/nan_inc.txt", id + ": " + incident + "\n");
        Assert.AreEqual($"{Named(id).ExpectedDirection} at '{Named(id).ExpectedPlace}'", $"{incident.Direction} at '{NonFinitePlant.PlaceOf(incident)}'");
        Assert.IsTrue(incident.IsReplayed && incident.IsReproduced);
        Assert.AreEqual(7, incident.Step);
    }

    private static NonFinitePlant Named(string id) => CalibratePlants.All.Concat(ScorePlants.All).Single(p => p.Id == id);
}
