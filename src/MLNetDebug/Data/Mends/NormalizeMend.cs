using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>Normalises columns to zero mean and unit variance, in place.</summary>
/// <param name="Columns">The columns that need it: numbers, or vectors of numbers.</param>
public sealed record NormalizeMend(IReadOnlyList<string> Columns)
    : EstimatorMend(
        "Normalise to zero mean and unit variance, fitted on the training data.",
        $"var prepared = pipeline.Append(ml.Transforms.NormalizeMeanVariance({MendCode.Pairs(Columns)}, fixZero: false)); // then the trainer",
        Columns)
{
    /// <inheritdoc/>
    public override IEstimator<ITransformer> ToEstimator(MLContext ml)
    {
        ArgumentNullException.ThrowIfNull(ml);
        return ml.Transforms.NormalizeMeanVariance(MendCode.PairsOf(Columns), fixZero: false);
    }

    /// <inheritdoc/>
    public override IDataView Apply(MLContext ml, IDataView data)
    {
        MendChecks.Arguments(ml, data);
        foreach (var column in Columns)
        {
            var type = MendChecks.Column(data, column, this).Type;
            var item = type is VectorDataViewType vector ? vector.ItemType : type;
            if (item is not NumberDataViewType number)
                throw new InvalidOperationException($"Column '{column}' is {type}: only numbers can be normalised.");
            // ML.NET normalises floating-point columns only.
            if (number != NumberDataViewType.Single && number != NumberDataViewType.Double)
                data = ml.Transforms.Conversion.ConvertType(column).Fit(data).Transform(data);
        }

        return base.Apply(ml, data);
    }
}
