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
        Assert.AreEqual($"{Named(id).ExpectedDirection} at '{Named(id).ExpectedPlace}'", $"{incident.Direction} at '{NonFinitePlant.PlaceOf(incident)}'");
        Assert.IsTrue(incident.IsReplayed && incident.IsReproduced);
        Assert.AreEqual(7, incident.Step);
    }

    [TestMethod]
    [DataRow("log-of-relu", "log of 0")]
    [DataRow("exp-of-large", "exp of 238")]
    [DataRow("root-of-negative", "square root of -1.2")]
    [DataRow("padded-attention", "softmax of a row that is all -infinity")]
    [DataRow("attention-by-hand", "softmax of a row that is all -infinity")]
    [DataRow("softmax-of-nothing", "softmax of a row that is all -infinity")]
    [DataRow("mean-over-tokens", "mean over no elements (a mask leaves none of a row)")]
    [DataRow("masks-are-no-fault", "division by 0")]
    [DataRow("own-bce", "log of 0")]
    [DataRow("relative-error", "division by 0")]
    [DataRow("where-log", "the gradient of log at 0")]
    [DataRow("norm-of-zero", "the gradient of a square root at 0")]
    [DataRow("masked-nan-target", "0 times the numbers of target that are not finite, in the gradient of a masked result")]
    [DataRow("range-of-zero", "")]
    [DataRow("between-by-forward", "")]
    public void A_plants_operation_is_named_or_left_unnamed(string id, string operation)
    {
        using var plant = new PlantReplay(Named(id), 3);
        Assert.AreEqual(operation, NonFiniteLocaliser.Locate(plant.Replay, 7, "loss").Operation);
    }

    private static NonFinitePlant Named(string id) => CalibratePlants.All.Concat(ScorePlants.All).Single(p => p.Id == id);
}
