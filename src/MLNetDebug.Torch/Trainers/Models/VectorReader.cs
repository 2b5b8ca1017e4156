using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Torch.Trainers.Models;

/// <summary>Reads vectors, dense or sparse.</summary>
internal sealed class VectorReader(DataViewRow input, DataViewSchema.Column column, int slots) : FeatureReader
{
    private readonly ValueGetter<VBuffer<float>> _read = input.GetGetter<VBuffer<float>>(column);
    private VBuffer<float> _features;

    public override void Read(Span<float> to)
    {
        _read(ref _features);
        Write(in _features, to, slots, column.Name);
    }

    /// <summary>Writes a vector.</summary>
    /// <exception cref="InvalidOperationException">It has another length than the network reads.</exception>
    public static void Write(in VBuffer<float> features, Span<float> to, int slots, string column)
    {
        if (features.Length != slots)
            throw new InvalidOperationException($"Column '{column}' has a vector of {features.Length} numbers where the network was trained on {slots}.");
        features.CopyTo(to);
    }
}
