using System.Runtime.CompilerServices;

namespace MLNetDebug.Torch.Training;

/// <summary>What the numbers that a history is made with may be.</summary>
internal static class HistoryRanges
{
    private const int Max = 1_000_000;

    /// <summary>The value, where it is one of [<paramref name="min"/>, 1000000].</summary>
    public static int Checked(int value, int min, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value >= min && value <= Max ? value : throw new ArgumentOutOfRangeException(name, value, $"Expected a whole number from {min} to {Max}.");
}
