using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Predictions;

/// <summary>Tells of a row's feature whether it is finite.</summary>
internal static class Finiteness
{
    /// <summary>The test of a column; null where its type has no value that is not finite.</summary>
    public static Func<bool>? TestOf(DataViewSchema.Column column, DataViewRow row)
    {
        var isVector = column.Type is VectorDataViewType;
        var item = column.Type is VectorDataViewType vector ? vector.ItemType : column.Type;
        return item == NumberDataViewType.Single ? (isVector ? Vector<float>(column, row, float.IsFinite) : Single<float>(column, row, float.IsFinite))
            : item == NumberDataViewType.Double ? (isVector ? Vector<double>(column, row, double.IsFinite) : Single<double>(column, row, double.IsFinite))
            : null;
    }

    private static Func<bool> Single<T>(DataViewSchema.Column column, DataViewRow row, Func<T, bool> isFinite)
    {
        var getter = row.GetGetter<T>(column);
        var value = default(T)!;
        return () =>
        {
            getter(ref value);
            return isFinite(value);
        };
    }

    private static Func<bool> Vector<T>(DataViewSchema.Column column, DataViewRow row, Func<T, bool> isFinite)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        var buffer = default(VBuffer<T>);
        return () =>
        {
            getter(ref buffer);
            foreach (var value in buffer.GetValues())
            {
                if (!isFinite(value))
                    return false;
            }

            return true;
        };
    }
}
