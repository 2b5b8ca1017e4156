using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>What is missing by each type's own rules: NaN, key 0, empty text. Integers and booleans are never missing.</summary>
internal static class MissingValues
{
    public static bool CanBeMissing(DataViewType type) =>
        (type is VectorDataViewType vector ? vector.ItemType : type) is KeyDataViewType or TextDataViewType
        || type.GetItemType() == typeof(float) || type.GetItemType() == typeof(double);

    /// <summary>Tells of the cursor's current row whether its value is missing.</summary>
    public static Func<bool> TestOf(DataViewSchema.Column column, DataViewRow row)
    {
        var isKey = (column.Type is VectorDataViewType vector ? vector.ItemType : column.Type) is KeyDataViewType;
        var type = column.Type.GetItemType();
        return type == typeof(float) ? Test<float>(column, row, float.IsNaN)
            : type == typeof(double) ? Test<double>(column, row, double.IsNaN)
            : type == typeof(ReadOnlyMemory<char>) ? Test<ReadOnlyMemory<char>>(column, row, v => v.IsEmpty)
            : isKey && type == typeof(byte) ? Test<byte>(column, row, v => v == 0)
            : isKey && type == typeof(ushort) ? Test<ushort>(column, row, v => v == 0)
            : isKey && type == typeof(uint) ? Test<uint>(column, row, v => v == 0)
            : isKey ? Test<ulong>(column, row, v => v == 0)
            : () => false;
    }

    private static Type GetItemType(this DataViewType type) => (type is VectorDataViewType vector ? vector.ItemType : type).RawType;

    private static Func<bool> Test<T>(DataViewSchema.Column column, DataViewRow row, Predicate<T> isMissing)
    {
        if (column.Type is VectorDataViewType)
        {
            var buffer = default(VBuffer<T>);
            var vectors = row.GetGetter<VBuffer<T>>(column);
            return () =>
            {
                vectors(ref buffer);
                // Items a sparse vector leaves out are the type's default.
                if (!buffer.IsDense && isMissing(default!))
                    return true;
                foreach (var item in buffer.GetValues())
                {
                    if (isMissing(item))
                        return true;
                }

                return false;
            };
        }

        var value = default(T)!;
        var getter = row.GetGetter<T>(column);
        return () =>
        {
            getter(ref value);
            return isMissing(value);
        };
    }
}
