using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>Normalises columns to zero mean and unit variance, in place.</summary>
/// <param name="Columns">The columns that need it: numbers, or vectors of numbers.</param>
public sealed record NormalizeMend(IReadOnlyList<string> Columns)
    : EstimatorMend("Normalise to zero mean and unit variance, fitted on the training data.", CodeOf(Columns, []), Columns)
{
    /// <summary>Those of the columns that hold whole numbers: ML.NET normalises them only once they are converted to <see cref="float"/>.</summary>
    public IReadOnlyList<string> WholeNumbers
    {
        get;
        init
        {
            field = value;
            Code = CodeOf(Columns, value);
        }
    } = [];

    /// <inheritdoc/>
    public override IEstimator<ITransformer> ToEstimator(MLContext ml)
    {
        ArgumentNullException.ThrowIfNull(ml);
        var normalize = ml.Transforms.NormalizeMeanVariance(MendCode.PairsOf(Columns), fixZero: false);
        return WholeNumbers.Count == 0 ? normalize : ml.Transforms.Conversion.ConvertType(MendCode.PairsOf(WholeNumbers)).Append(normalize);
    }

    /// <inheritdoc/>
    public override IDataView Apply(MLContext ml, IDataView data)
    {
        MendChecks.Arguments(ml, data);
        var whole = new List<string>();
        foreach (var column in Columns)
        {
            var type = MendChecks.Column(data, column, this).Type;
            var item = type is VectorDataViewType vector ? vector.ItemType : type;
            if (item is not NumberDataViewType)
                throw new InvalidOperationException($"Column '{column}' is {type}: only numbers can be normalised.");
            if (item.RawType != typeof(float) && item.RawType != typeof(double))
                whole.Add(column);
        }

        return (this with { WholeNumbers = whole }).ToEstimator(ml).Fit(data).Transform(data);
    }

    private static string CodeOf(IReadOnlyList<string> columns, IReadOnlyList<string> whole)
    {
        var convert = whole.Count == 0 ? string.Empty : $".Append(ml.Transforms.Conversion.ConvertType({MendCode.Pairs(whole)}))";
        return $"var prepared = pipeline{convert}.Append(ml.Transforms.NormalizeMeanVariance({MendCode.Pairs(columns)}, fixZero: false)); // then the trainer";
    }
}
