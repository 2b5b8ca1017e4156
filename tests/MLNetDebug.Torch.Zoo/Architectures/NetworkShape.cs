using MLNetDebug.Torch.Zoo.Data;

namespace MLNetDebug.Torch.Zoo.Architectures;

/// <summary>What a network is given and shall return.</summary>
/// <param name="Kind">What a row is.</param>
/// <param name="Row">The sizes of a row.</param>
/// <param name="Outputs">Numbers it shall return for a row.</param>
/// <param name="Vocabulary">Number of tokens; 0 where there are none.</param>
internal sealed record NetworkShape(NetworkDataKind Kind, int[] Row, int Outputs, int Vocabulary)
{
    /// <summary>Numbers in a row.</summary>
    public int Width => Row.Aggregate(1, (a, b) => a * b);

    /// <summary>Side of what two poolings by 2 leave of an image.</summary>
    public int Pooled => Row[1] / 4;
}
