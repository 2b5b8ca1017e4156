using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Data;

namespace MLNetDebug.Zoo.Studies;

/// <summary>A task on real rows on which a small batch does better than a large one after as many epochs.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Base">The base's id.</param>
/// <param name="Split">The base's split.</param>
/// <param name="Draw">Draws its rows, reshuffled by seed.</param>
/// <param name="Train">Rows to train on; of the others one half chooses the rate and the other is the test.</param>
/// <param name="Large">The large batch; the small one is of 16.</param>
/// <param name="Epochs">Epochs of a run.</param>
/// <param name="IsByAccuracy">True where it is measured by accuracy, false by the loss.</param>
internal sealed record BatchSizeProgram(string Id, string Base, Split Split, Func<int, ZooTable> Draw, int Train, int Large, int Epochs, bool IsByAccuracy)
{
    public const int Small = 16;

    /// <summary>Which of the twenty notes it stands for.</summary>
    public int[] Notes => [16];

    /// <summary>The rule that shall find it.</summary>
    public string ExpectedRule => RuleIds.BatchSizeEffect;
}

/// <summary>The tasks; a base stands in one split only.</summary>
internal static class BatchSizePrograms
{
    public static IReadOnlyList<BatchSizeProgram> All { get; } =
    [
        new("breast_cancer-256", "breast_cancer", Split.Calibrate, RealBases.BreastCancer, 369, 256, 1, false),
        new("iris-128", "iris", Split.Calibrate, RealBases.Iris, 90, 128, 2, false),

        new("digits-256", "digits", Split.Score, RealBases.Digits, 997, 256, 1, true),
        new("digits-512", "digits", Split.Score, RealBases.Digits, 997, 512, 1, false),
        new("wine-128", "wine", Split.Score, RealBases.Wine, 98, 128, 1, false),
    ];

    public static IEnumerable<BatchSizeProgram> Of(Split split) => All.Where(p => p.Split == split);
}
