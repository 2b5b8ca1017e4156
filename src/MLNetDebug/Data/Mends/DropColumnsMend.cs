using Microsoft.ML;

namespace MLNetDebug.Data;

/// <summary>Drops columns.</summary>
/// <param name="Columns">The columns.</param>
public sealed record DropColumnsMend(IReadOnlyList<string> Columns)
    : EstimatorMend(
        $"Drop {(Columns.Count == 1 ? "the column" : "the columns")} {MendCode.Quoted(Columns)}.",
        $"var prepared = pipeline.Append(ml.Transforms.DropColumns({MendCode.Texts(Columns)})); // or leave them out of Concatenate",
        Columns)
{
    /// <inheritdoc/>
    public override IEstimator<ITransformer> ToEstimator(MLContext ml)
    {
        ArgumentNullException.ThrowIfNull(ml);
        return ml.Transforms.DropColumns([.. Columns]);
    }
}
