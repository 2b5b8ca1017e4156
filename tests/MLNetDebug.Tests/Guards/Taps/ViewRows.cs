using System.Globalization;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Tests.Guards.Taps;

/// <summary>The rows of any view as texts, cell by cell and bit by bit, whatever types its columns have.</summary>
internal static class ViewRows
{
    private static readonly MethodInfo Reader = typeof(ViewRows).GetMethod(nameof(ReaderOf), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static string[] Of(IDataView view)
    {
        using var cursor = view.GetRowCursor(view.Schema);
        return Of(cursor);
    }

    /// <summary>The rows that are left to a cursor.</summary>
    public static string[] Of(DataViewRowCursor cursor)
    {
        Func<string>[] readers = [.. cursor.Schema.Where(cursor.IsColumnActive).Select(c => Read(cursor, c))];
        var id = cursor.GetIdGetter();
        var rows = new List<string>();
        DataViewRowId at = default;
        while (cursor.MoveNext())
        {
            id(ref at);
            rows.Add($"{cursor.Position} {at}: " + string.Join(" | ", readers.Select(r => r())));
        }

        return [.. rows];
    }

    /// <summary>A column's annotations as text.</summary>
    public static string AnnotationsOf(DataViewSchema.Column column)
    {
        var row = column.Annotations;
        return string.Join("; ", row.Schema.Select(a => $"{a.Name}: {a.Type}: {Invoke(nameof(AnnotationOf), a.Type.RawType, row, a)}"));
    }

    private static Func<string> Read(DataViewRow row, DataViewSchema.Column column) =>
        (Func<string>)Reader.MakeGenericMethod(column.Type.RawType).Invoke(null, [row, column])!;

    private static object Invoke(string name, Type type, params object[] arguments) =>
        typeof(ViewRows).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, arguments)!;

    private static Func<string> ReaderOf<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<T>(column);
        // One buffer for all rows, as trainers keep it.
        T value = default!;
        return () =>
        {
            getter(ref value);
            return Text(value!);
        };
    }

    private static string AnnotationOf<T>(DataViewSchema.Annotations annotations, DataViewSchema.Column column)
    {
        T value = default!;
        annotations.GetGetter<T>(column)(ref value);
        return Text(value!);
    }

    private static string Text(object value) => value switch
    {
        float f => BitConverter.SingleToInt32Bits(f).ToString("X"),
        double d => BitConverter.DoubleToInt64Bits(d).ToString("X"),
        _ when value.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(VBuffer<>) =>
            (string)Invoke(nameof(VectorText), type.GetGenericArguments()[0], value),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string VectorText<T>(VBuffer<T> vector) => $"{vector.Length} {vector.IsDense} [{string.Join(", ", vector.Items().Select(i => $"{i.Key}={Text(i.Value!)}"))}]";
}
