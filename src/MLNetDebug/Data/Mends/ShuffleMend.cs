using System.Globalization;
using Microsoft.ML;

namespace MLNetDebug.Data;

/// <summary>Permutes all rows, not only within a pool: a cached view can be read in any order.</summary>
/// <param name="Seed">The permutation's seed.</param>
public sealed record ShuffleMend(int Seed = 1)
    : Mend("Permute all rows.", string.Create(CultureInfo.InvariantCulture, $"data = ml.Data.ShuffleRows(ml.Data.Cache(data), seed: {Seed});"))
{
    /// <inheritdoc/>
    public override IDataView Apply(MLContext ml, IDataView data)
    {
        MendChecks.Arguments(ml, data);
        return ml.Data.ShuffleRows(ml.Data.Cache(data), seed: Seed);
    }
}
