using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Torch.Trainers.Models;

/// <summary>How the columns of scored data stand to those of the data: the data's own first, then the model's.</summary>
internal sealed class ScoredSchema
{
    public ScoredSchema(TorchModelParameters model, ScoreColumns columns, DataViewSchema input)
    {
        (Model, Columns, Input) = (model, columns, input);
        Feature = FeatureOf(model, input);
        Output = columns.AddTo(input);
    }

    public TorchModelParameters Model { get; }

    public ScoreColumns Columns { get; }

    public DataViewSchema Input { get; }

    public DataViewSchema Output { get; }

    /// <summary>The column the network reads.</summary>
    public DataViewSchema.Column Feature { get; }

    /// <summary>The column of answers an index of the output is; null where it is one of the input.</summary>
    public ScoreColumn? ScoreAt(int index) => index >= Input.Count ? Columns.All[index - Input.Count] : null;

    /// <summary>The column of the output, checked.</summary>
    /// <exception cref="ArgumentException">It is none of this data.</exception>
    public void Check(DataViewSchema.Column column)
    {
        if (column.Index >= Output.Count || Output[column.Index].Name != column.Name)
            throw new ArgumentException($"Column '{column.Name}' is not a column of this data.", nameof(column));
    }

    /// <summary>Which columns of the output are asked for, and the columns of the input that this takes.</summary>
    public bool[] Active(IEnumerable<DataViewSchema.Column> columns, out IReadOnlyList<DataViewSchema.Column> inputs)
    {
        var active = new bool[Output.Count];
        foreach (var column in columns)
        {
            Check(column);
            active[column.Index] = true;
        }

        var isScored = IsScored(active);
        inputs = [.. Input.Where(c => active[c.Index] || (isScored && c.Index == Feature.Index))];
        return active;
    }

    /// <summary>True where an answer is among them.</summary>
    public bool IsScored(bool[] active) => active.AsSpan(Input.Count).Contains(true);

    /// <summary>Numbers of a column that a network can read as its features; null where it cannot.</summary>
    public static long? SlotsOf(DataViewType type) => type switch
    {
        VectorDataViewType { IsKnownSize: true, Size: var size, ItemType: NumberDataViewType { RawType: var raw } } when raw == typeof(float) => size,
        Microsoft.ML.Transforms.Image.ImageDataViewType { Height: > 0, Width: > 0 } image => 3L * image.Height * image.Width,
        _ => null,
    };

    private static DataViewSchema.Column FeatureOf(TorchModelParameters model, DataViewSchema input)
    {
        if (input.GetColumnOrNull(model.FeatureColumn) is not { } column)
            throw new ArgumentOutOfRangeException(nameof(input), $"The data has no column '{model.FeatureColumn}', which network '{model.Network.Name}' reads. Its columns are: {string.Join(", ", input.Where(c => !c.IsHidden).Select(c => c.Name))}.");
        if (SlotsOf(column.Type) != model.Slots)
        {
            throw new ArgumentOutOfRangeException(
                nameof(input),
                $"Column '{column.Name}' is of type {column.Type}; network '{model.Network.Name}' was trained on {model.Slots} numbers of type Single, of shape [{string.Join(", ", model.InputShape)}].");
        }

        return column;
    }
}
