using MLNetDebug.Data;

namespace MLNetDebug.Torch.Training;

/// <summary>What the rules on batches say alike.</summary>
internal static class BatchCode
{
    /// <summary>What their findings point at.</summary>
    public static Subject Subject { get; } = new(SubjectKind.DataSet, "training batches");

    /// <summary>Rows of a usual batch: the size that most batches have; 0 where none was seen.</summary>
    public static long Size(IReadOnlyDictionary<long, long> sizes) => sizes.Count == 0 ? 0 : sizes.OrderByDescending(s => s.Value).ThenByDescending(s => s.Key).First().Key;

    /// <summary>How to draw the rows anew for every epoch, with a loader and by hand.</summary>
    public static Advice[] Shuffle(BatchTrack batches)
    {
        var size = Math.Max(1, Size(batches.Sizes));
        return
        [
            new Advice("Shuffle all rows anew for every epoch; TorchSharp's DataLoader does not unless it is told to.", $"var loader = torch.utils.data.DataLoader(dataset, {size}, shuffle: true);"),
            new Advice(
                "In a loop that cuts batches itself, draw a permutation at the start of each epoch.",
                $"var order = torch.randperm(x.shape[0], torch.int64);\nvar (batchX, batchY) = (x[order.narrow(0, start, {size})], y[order.narrow(0, start, {size})]);"),
        ];
    }

    /// <summary>Batches with their usual size, as messages write them.</summary>
    public static string Of(BatchTrack batches) => Size(batches.Sizes) is > 0 and var size ? $" of {Words.Count(size, "row")}" : string.Empty;
}
