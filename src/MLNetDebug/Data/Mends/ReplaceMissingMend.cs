using Microsoft.ML;
using Microsoft.ML.Transforms;

namespace MLNetDebug.Data;

/// <summary>Replaces missing values by the column's mean.</summary>
/// <param name="Columns">The columns that need it: floating-point numbers, or vectors of them.</param>
public sealed record ReplaceMissingMend(IReadOnlyList<string> Columns)
    : EstimatorMend(
        "Replace missing values by the training mean.",
        $"var prepared = pipeline.Append(ml.Transforms.ReplaceMissingValues({MendCode.Pairs(Columns)}, MissingValueReplacingEstimator.ReplacementMode.Mean)); // then the trainer",
        Columns)
{
    /// <inheritdoc/>
    public override IEstimator<ITransformer> ToEstimator(MLContext ml)
    {
        ArgumentNullException.ThrowIfNull(ml);
        return ml.Transforms.ReplaceMissingValues(MendCode.PairsOf(Columns), MissingValueReplacingEstimator.ReplacementMode.Mean);
    }
}
