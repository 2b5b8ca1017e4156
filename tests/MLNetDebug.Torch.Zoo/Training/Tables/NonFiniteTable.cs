using MLNetDebug.Torch.Training;
using MLNetDebug.Torch.Zoo.NonFinite;
using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Tables;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Zoo.Training.Tables;

/// <summary>Steps that are not finite for a reason planted in a known place, taken by a guard: how many are located, and how many told to be of forward, backward, batch or parameter.</summary>
internal static class NonFiniteTable
{
    /// <summary>Of 24; two may be missed.</summary>
    private const int LeastPlaces = 22;

    public static IEnumerable<TableRow> Run(TableArguments arguments, Split split)
    {
        var plants = (split == Split.Score ? ScorePlants.All : CalibratePlants.All).ToArray();
        var incidents = plants.Select(p => Incident(p, arguments.Seed)).ToArray();
        var (places, directions) = (0, 0);
        foreach (var (plant, incident) in plants.Zip(incidents))
        {
            bool direction = incident?.Direction == plant.ExpectedDirection, place = direction && NonFinitePlant.PlaceOf(incident!) == plant.ExpectedPlace;
            (places, directions) = (places + (place ? 1 : 0), directions + (direction ? 1 : 0));
            if (!place)
                Console.Error.WriteLine($"plant {plant.Id}: {plant.ExpectedDirection} at '{plant.ExpectedPlace}' told as {(incident is null ? "nothing" : $"{incident.Direction} at '{NonFinitePlant.PlaceOf(incident)}', {incident.Operation} {incident.AutogradFunction}")}");
        }

        yield return new TableRow("4.nan-place", plants.Length, places, null, null, "plants located", ">=", split == Split.Score ? LeastPlaces : double.NaN);
        yield return new TableRow("4.nan-direction", plants.Length, directions, null, null, "plants", "==", plants.Length);
    }

    /// <summary>What the guard says of the plant's step; null where it took it for finite.</summary>
    private static NonFiniteIncident? Incident(NonFinitePlant plant, int seed)
    {
        using var scope = NewDisposeScope();
        using var planted = plant.Create(seed);
        using var optimizer = optim.SGD(planted.Model.parameters(), 0.01);
        using var guard = TrainingGuard.Attach(planted.Model, optimizer, TrainingCommand.Watching);
        guard.Step((planted.X, planted.Y), b => planted.Loss(b.X, b.Y));
        return guard.Window.NonFinite;
    }
}
