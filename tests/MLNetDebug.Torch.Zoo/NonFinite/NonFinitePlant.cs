using MLNetDebug.Torch.Training;
using MLNetDebug.Zoo.Bases;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Zoo.NonFinite;

/// <summary>A network, a batch and a loss whose first step is not finite.</summary>
/// <param name="Model">The network, in the mode in which it is trained.</param>
/// <param name="X">The batch's inputs.</param>
/// <param name="Y">Its targets.</param>
/// <param name="Loss">Runs the network on the inputs, and the loss.</param>
internal sealed record PlantedStep(nn.Module Model, Tensor X, Tensor Y, Func<Tensor, Tensor, Tensor> Loss) : IDisposable
{
    public void Dispose()
    {
        Model.Dispose();
        X.Dispose();
        Y.Dispose();
    }
}

/// <summary>A program that goes non-finite at its first step, for a reason that was planted in a known place.</summary>
/// <param name="Id">Its name.</param>
/// <param name="ExpectedPlace">The module's path (empty for the network's own code), <see cref="Batch"/>, <see cref="InLoss"/>, or the name of a parameter or buffer.</param>
/// <param name="ExpectedDirection">Where it comes in.</param>
/// <param name="Split">Score for the table's figure; Calibrate for what the search was tuned on.</param>
/// <param name="Create">Makes the step of a seed.</param>
internal sealed record NonFinitePlant(string Id, string ExpectedPlace, NonFiniteDirection ExpectedDirection, Split Split, Func<int, PlantedStep> Create)
{
    public const string Batch = "batch";
    public const string InLoss = "loss";

    /// <summary>The place an incident names, in the words of <see cref="ExpectedPlace"/>; <c>?</c> where it names none.</summary>
    public static string PlaceOf(NonFiniteIncident incident) => incident.Direction switch
    {
        NonFiniteDirection.Input => Batch,
        NonFiniteDirection.Parameter or NonFiniteDirection.Update => incident.Tensor,
        _ => incident.IsInLoss ? InLoss : incident.Module ?? "?",
    };
}
