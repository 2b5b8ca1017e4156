using Microsoft.ML;

namespace MLNetDebug.Data;

/// <summary>Drops every row whose value in a column is missing (NaN, key 0, empty text; for vectors any item).</summary>
/// <param name="Column">The column.</param>
public sealed record DropMissingMend(string Column)
    : Mend($"Drop rows without a value in '{Column}'.", $"data = new DropMissingMend({MendCode.Text(Column)}).Apply(ml, data);")
{
    /// <inheritdoc/>
    public override IDataView Apply(MLContext ml, IDataView data)
    {
        MendChecks.Arguments(ml, data);
        var column = MendChecks.Column(data, Column, this);
        return MissingValues.CanBeMissing(column.Type)
            ? new FilteredView(data, [column], cursor => new ValueTest(MissingValues.TestOf(column, cursor)), byPosition: false)
            : data;
    }

    private sealed class ValueTest(Func<bool> isMissing) : RowTest
    {
        public override bool Keep(long position) => !isMissing();
    }
}
