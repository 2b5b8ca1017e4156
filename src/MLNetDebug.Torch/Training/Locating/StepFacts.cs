using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Locating;

/// <summary>What batch, parameters, buffers and gradients tell as they stand, without a replay.</summary>
internal sealed class StepFacts(StepReplay step, NonFiniteIncident blank)
{
    private readonly IReadOnlyList<(string Name, NonFiniteCount? Count)> _gradients = ParameterBisection.Gradients(step);
    private readonly IReadOnlyList<NamedModule> _modules = [.. step.Model.named_modules().Select(m => new NamedModule(m.name, m.module)).Prepend(new("", step.Model))];

    /// <summary>The incident of an update that spoiled a parameter; null where it was none.</summary>
    public NonFiniteIncident? Update()
    {
        if (!step.IsLossFinite || !blank.Seen.StartsWith("parameter", StringComparison.Ordinal) || _gradients.Any(g => g.Count is { IsBad: true }))
            return null;
        var held = HeldNumbers.InNetwork(step).Where(h => h.Tensor is Parameter).ToList();
        return (held.Find(h => blank.Seen.EndsWith(" " + h.Name, StringComparison.Ordinal)) ?? held.FirstOrDefault()) is not { } spoiled ? null
            : blank.Holding(spoiled, _modules) with
            {
                Direction = NonFiniteDirection.Update,
                Mend = "Loss and gradients were finite, so that the update itself was too large: go back to the last finite weights, lower the learning rate, clip the gradients.",
                MendCode = null,
            };
    }

    public NonFiniteIncident Judge()
    {
        if (step.IsLossFinite)
            return ParameterBisection.Between(_gradients, _modules) is { } place ? blank.At(place) with { Direction = NonFiniteDirection.Backward } : blank;
        if (step.Batch.Any(b => b.Tensor is { IsInvalid: false } t && t.numel() == 0))
            return blank.At(Place.Loss).By(Mends.EmptyMean(" (an empty batch)")) with { Direction = NonFiniteDirection.Forward };
        if (HeldNumbers.InBatch(step).FirstOrDefault(h => !h.Count.IsNegativeOnly) is { } batch)
            return blank.Holding(batch);
        if (HeldNumbers.InNetwork(step).FirstOrDefault(IsUsed) is { } held)
            return blank.Holding(held, _modules);
        return blank with { Direction = NonFiniteDirection.Forward };
    }

    // -infinity in a buffer is a mask; running statistics in training are written, not read: the bad step itself may have spoiled them.
    private bool IsUsed(HeldNumbers held) => held.Tensor is Parameter
        || (!held.Count.IsNegativeOnly && !(ModuleReader.KindOf(Place.Holder(held.Name, _modules).Of!) == Networks.ModuleKind.BatchNorm && Place.Holder(held.Name, _modules).Of!.training));
}
