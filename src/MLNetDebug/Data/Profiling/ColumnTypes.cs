using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>What ML.NET's types are to a profile.</summary>
internal static class ColumnTypes
{
    public static ColumnKind KindOf(DataViewType item) => item switch
    {
        KeyDataViewType => ColumnKind.Key,
        NumberDataViewType => ColumnKind.Number,
        BooleanDataViewType => ColumnKind.Boolean,
        TextDataViewType => ColumnKind.Text,
        DateTimeDataViewType or DateTimeOffsetDataViewType or TimeSpanDataViewType => ColumnKind.Time,
        _ => ColumnKind.NotChecked,
    };
}
