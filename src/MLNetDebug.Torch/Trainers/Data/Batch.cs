using static TorchSharp.torch;

namespace MLNetDebug.Torch.Trainers.Data;

/// <summary>One batch in this process's memory.</summary>
/// <param name="X">Rows, <c>[rows, ...shape]</c>.</param>
/// <param name="Y">Their targets: class indices <c>[rows]</c>, or numbers <c>[rows, 1]</c>.</param>
/// <param name="Rows">How many.</param>
internal readonly record struct Batch(Tensor X, Tensor Y, int Rows) : IDisposable
{
    public void Dispose()
    {
        X.Dispose();
        Y.Dispose();
    }
}

/// <summary>What batches look like.</summary>
/// <param name="Shape">Shape of a row.</param>
/// <param name="HasClasses">True for targets that are class indices.</param>
/// <param name="Size">Rows of a batch.</param>
internal sealed record BatchForm(IReadOnlyList<long> Shape, bool HasClasses, int Size)
{
    /// <summary>Numbers of a row.</summary>
    public int Slots { get; } = checked((int)Shape.Aggregate(1L, (a, b) => a * b));

    /// <summary>
    /// True where a last batch of one row is left out: normalisation over a batch of one leaves nothing of it, and in the order of another epoch the row stands elsewhere.
    /// </summary>
    public bool LeavesOutSingle { get; init; }

    /// <summary>Batches of so many rows.</summary>
    public long Batches(long rows) => LeavesOutSingle && rows > Size && Size > 1 && rows % Size == 1 ? rows / Size : (rows + Size - 1) / Size;

    /// <summary>An empty batch.</summary>
    public Batch Empty(int rows) => new(
        empty([rows, .. Shape], ScalarType.Float32).DetachFromDisposeScope(),
        (HasClasses ? empty([rows], ScalarType.Int64) : empty([rows, 1], ScalarType.Float32)).DetachFromDisposeScope(),
        rows);
}
