using MLNetDebug.Torch.Training.Locating;
using MLNetDebug.Torch.Zoo.NonFinite;
namespace MLNetDebug.Torch.Tests.Training.NonFinite;
[TestClass]
public sealed class TmpTests
{
    [TestMethod]
    public void Seeds()
    {
        File.Delete("/tmp/nan_score.txt");
        foreach (var seed in new[] { 11, 1, 2, 3, 4 })
        foreach (var plant in ScorePlants.All)
        {
            using var replay = new PlantReplay(plant, seed);
            var w = System.Diagnostics.Stopwatch.StartNew();
            var i = NonFiniteLocaliser.Locate(replay.Replay, 0, replay.IsLossFinite ? "gradient" : "loss");
            var place = NonFinitePlant.PlaceOf(i);
            File.AppendAllText("/tmp/nan_score.txt", $"{(place == plant.ExpectedPlace && i.Direction == plant.ExpectedDirection ? "ok  " : "MISS")} {seed} {w.ElapsedMilliseconds} {plant.Id}: {replay.IsLossFinite && replay.IsGradientFinite} {i.Direction} at '{place}', {i.Operation} ({plant.ExpectedDirection} at '{plant.ExpectedPlace}')\n");
        }
    }
}
