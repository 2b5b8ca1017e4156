using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;

namespace MLNetDebug.Guards;

/// <summary>Sampled rows in memory. A cursor ends early where a limit of time is over, but not before a least number of rows.</summary>
internal sealed class SampledView(int rows, IReadOnlyList<SampledColumn> columns, TimeSpan limit) : DerivedView(SchemaOf(columns))
{
    /// <summary>Rows that are read however long they take.</summary>
    public const int MinRows = 32;

    public override long? GetRowCount() => rows;

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(Schema, rows, columns, [.. columnsNeeded.Select(c => c.Index)], limit);

    private static DataViewSchema SchemaOf(IReadOnlyList<SampledColumn> columns)
    {
        var builder = new DataViewSchema.Builder();
        foreach (var column in columns)
            builder.AddColumn(column.Column.Name, column.Column.Type, column.Column.Annotations);
        return builder.ToSchema();
    }

    private sealed class Cursor(
        DataViewSchema schema, int rows, IReadOnlyList<SampledColumn> columns, HashSet<int> active, TimeSpan limit) : DerivedCursor(schema)
    {
        private readonly long _started = Stopwatch.GetTimestamp();


        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            columns[column.Index].Getter(() => Position) as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column '{column.Name}' is {column.Type}; no getter of {typeof(TValue).Name} reads it.");

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)Position, 0);

        protected override bool MoveNextCore() =>
            Position + 1 < rows && (Position + 1 < MinRows || Stopwatch.GetElapsedTime(_started) < limit);
    }
}
