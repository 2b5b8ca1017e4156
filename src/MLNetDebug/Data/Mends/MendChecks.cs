using Microsoft.ML;

namespace MLNetDebug.Data;

/// <summary>What every mend asks of the data it is applied to.</summary>
internal static class MendChecks
{
    public static void Arguments(MLContext ml, IDataView data)
    {
        ArgumentNullException.ThrowIfNull(ml);
        ArgumentNullException.ThrowIfNull(data);
    }

    /// <exception cref="InvalidOperationException">The data has no such column.</exception>
    public static DataViewSchema.Column Column(IDataView data, string column, Mend mend) =>
        data.Schema.GetColumnOrNull(column) ?? throw new InvalidOperationException(
            $"The data has no column '{column}', which the mend \"{mend.Title}\" needs; columns are {MendCode.Quoted([.. data.Schema.Where(c => !c.IsHidden).Select(c => c.Name)])}.");

    /// <summary>A view read in one order only would silently keep a trainer from shuffling data it could shuffle before.</summary>
    public static IDataView KeepShuffling(MLContext ml, IDataView source, IDataView mended) =>
        source.CanShuffle && !mended.CanShuffle ? ml.Data.Cache(mended) : mended;
}
