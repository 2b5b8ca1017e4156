using MLNetDebug.Torch.Networks;

namespace MLNetDebug.Torch.Training;

/// <summary>A loss below which a wrong ending of the network does not let it come.</summary>
/// <param name="Value">The loss.</param>
/// <param name="Cause">Why, as a sentence without its end.</param>
/// <param name="Advice">What to do.</param>
/// <param name="IsSeen">Whether the numbers that the network returns say the same; null where they are not known.</param>
internal sealed record LossFloor(double Value, string Cause, string Advice, bool? IsSeen)
{
    /// <summary>
    /// The floors of a loss that makes its softmax or its sigmoid itself, if what it is given has been squeezed into [0, 1] or [-1, 1] already: the best numbers it can be given are 1 against 0, or 1 against -1.
    /// </summary>
    public static IEnumerable<LossFloor> Of(TrainingWindow window)
    {
        var (loss, output) = (window.Loss, window.Output);
        if (loss is { Kind: LossKind.CrossEntropy, Classes: > 1 and var classes, Reduction: not LossReduction.Sum })
        {
            yield return new(
                Math.Log(1 + ((classes - 1) / Math.E)),
                output is { IsProbabilities: false, IsInUnitInterval: true } ? "a sigmoid stands before the softmax that the loss makes itself" : "a softmax stands before the softmax that the loss makes itself",
                "Let the last layer return its numbers as they are.", output is null ? null : output.IsProbabilities || output.IsInUnitInterval);
            yield return new(
                Math.Log(1 + ((classes - 1) / (Math.E * Math.E))), "a tanh stands before the softmax that the loss makes itself",
                "Let the last layer return its numbers as they are.", output is null ? null : output is { IsInTanhInterval: true, IsInUnitInterval: false });
        }
        else if (loss is { Kind: LossKind.BinaryCrossEntropyWithLogits, Reduction: not LossReduction.Sum } && window.Batches.ClassCounts is { Count: 2 } counts && counts.ContainsKey(0) && counts.ContainsKey(1))
        {
            var positive = (double)counts[1] / (counts[0] + counts[1]);
            yield return new(
                (positive * Math.Log(1 + (1 / Math.E))) + ((1 - positive) * Math.Log(2)), "a sigmoid stands before the sigmoid that the loss makes itself",
                "Let the last layer return its numbers as they are.", output?.IsInUnitInterval);
        }
    }
}
