using static TorchSharp.torch;

namespace MLNetDebug.Torch.Zoo.Data;

/// <summary>What one row of a base is.</summary>
internal enum NetworkDataKind
{
    /// <summary>A vector of numbers.</summary>
    Table,

    /// <summary>Channels by height by width.</summary>
    Image,

    /// <summary>A sequence of token numbers.</summary>
    Tokens,

    /// <summary>A sequence of one number per step.</summary>
    Series,
}

/// <summary>One seeded draw of a base. Class labels are numbers 0, 1, ...; targets of a regression stand in one column.</summary>
internal sealed record NetworkDraw
{
    public required NetworkDataKind Kind { get; init; }

    public required Tensor TrainX { get; init; }

    public required Tensor TrainY { get; init; }

    public required Tensor TestX { get; init; }

    public required Tensor TestY { get; init; }

    /// <summary>Number of classes; 0 for a regression.</summary>
    public required int Classes { get; init; }

    /// <summary>Number of tokens; 0 where there are none.</summary>
    public int Vocabulary { get; init; }

    /// <summary>The sizes of one row.</summary>
    public int[] RowShape => [.. TrainX.shape.Skip(1).Select(s => (int)s)];

    /// <summary>Numbers in one row.</summary>
    public int Width => RowShape.Aggregate(1, (a, b) => a * b);

    /// <summary>Both splits' inputs changed.</summary>
    public NetworkDraw WithInputs(Func<Tensor, Tensor> change) => this with { TrainX = change(TrainX), TestX = change(TestX) };

    /// <summary>Both splits' targets changed.</summary>
    public NetworkDraw WithTargets(Func<Tensor, Tensor> change) => this with { TrainY = change(TrainY), TestY = change(TestY) };
}
