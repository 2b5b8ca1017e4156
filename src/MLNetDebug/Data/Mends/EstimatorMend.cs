using Microsoft.ML;

namespace MLNetDebug.Data;

/// <summary>A repair that is an estimator fitted on the training data, so that new data gets the same numbers.</summary>
/// <param name="Title">One sentence that says what it does.</param>
/// <param name="Code">The C# a user would write to apply it.</param>
/// <param name="Columns">The columns it changes.</param>
public abstract record EstimatorMend(string Title, string Code, IReadOnlyList<string> Columns) : Mend(Title, Code)
{
    /// <summary>The estimator, of ML.NET's own parts only.</summary>
    /// <param name="ml">The context.</param>
    /// <returns>The estimator, not fitted.</returns>
    public abstract IEstimator<ITransformer> ToEstimator(MLContext ml);

    /// <inheritdoc/>
    public override IDataView Apply(MLContext ml, IDataView data)
    {
        MendChecks.Arguments(ml, data);
        foreach (var column in Columns)
            MendChecks.Column(data, column, this);
        return ToEstimator(ml).Fit(data).Transform(data);
    }
}
