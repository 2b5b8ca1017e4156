using Microsoft.ML.Data;

namespace MLNetDebug.Torch.Trainers.Models.Saved;

/// <summary>Columns within a saved chain; no column of a user is called so, and none is left behind the chain.</summary>
internal static class Hidden
{
    public const string Features = "MLNetDebug.Features";
    public const string Key = "MLNetDebug.Key";
    public const string Piece = "MLNetDebug.Piece";
    public const string Seal = "MLNetDebug.Seal";
    public const string Weights = "MLNetDebug.Weights";
    public const string Slots = "MLNetDebug.Slots";
    public const string Fields = "MLNetDebug.Fields";
    public const string Class = "MLNetDebug.Class";
}

/// <summary>What the first stage reads.</summary>
internal sealed class FeatureSource
{
    [ColumnName(Hidden.Features)]
    public VBuffer<float> Features;
}

/// <summary>What the first stage gives: the key that the maps know, true.</summary>
internal sealed class KeyTarget
{
    [ColumnName(Hidden.Key)]
    public bool Key;
}

/// <summary>What the scoring stage reads.</summary>
internal sealed class WeightSource
{
    [ColumnName(Hidden.Features)]
    public VBuffer<float> Features;

    [ColumnName(Hidden.Weights)]
    public VBuffer<ReadOnlyMemory<char>> Weights;
}

/// <summary>What it gives for a number.</summary>
internal sealed class NumberTarget
{
    [ColumnName("Score")]
    public float Score;
}

/// <summary>What it gives for two classes.</summary>
internal sealed class BinaryTarget
{
    [ColumnName("PredictedLabel")]
    public bool PredictedLabel;

    [ColumnName("Score")]
    public float Score;

    [ColumnName("Probability")]
    public float Probability;
}

/// <summary>What it gives for several classes: a mapping of the user's cannot give vectors of known size, nor keys with values, so that later stages make them of these.</summary>
internal sealed class ClassesTarget
{
    [ColumnName(Hidden.Fields)]
    public ReadOnlyMemory<char> Fields;

    [ColumnName(Hidden.Class)]
    public uint Class;
}
