using Microsoft.ML;
using MLNetDebug.Predictions;

namespace MLNetDebug.AutoML.Experiment;

/// <summary>Looks at rows as they go into a pipeline.</summary>
internal static class GivenRows
{
    /// <summary>How many of the first rows hold a number that is NaN or infinite, in any column that is not hidden.</summary>
    public static long CountNonFinite(IDataView data, long rows, CancellationToken cancellation)
    {
        var columns = data.Schema.Where(c => !c.IsHidden).ToArray();
        using var cursor = data.GetRowCursor(columns);
        var tests = columns.Select(c => Finiteness.TestOf(c, cursor)).OfType<Func<bool>>().ToArray();
        var found = 0L;
        for (var row = 0L; row < rows && cursor.MoveNext(); row++)
        {
            if (row % 256 == 0)
                cancellation.ThrowIfCancellationRequested();
            if (!Array.TrueForAll(tests, t => t()))
                found++;
        }

        return found;
    }
}
