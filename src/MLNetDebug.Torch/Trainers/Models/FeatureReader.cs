using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Torch.Trainers.Models;

/// <summary>Writes the features of a row where the network reads them.</summary>
internal abstract class FeatureReader
{
    /// <summary>A reader of the column that <see cref="ScoredSchema"/> has found fit for the network.</summary>
    public static FeatureReader Create(DataViewRow input, ScoredSchema schema)
    {
        var column = input.Schema[schema.Feature.Index];
        return column.Type is VectorDataViewType ? new VectorReader(input, column, schema.Model.Slots) : new ImageReader(input, column, schema.Model.InputShape);
    }

    /// <summary>Writes the features of the row the input stands at.</summary>
    public abstract void Read(Span<float> to);
}
