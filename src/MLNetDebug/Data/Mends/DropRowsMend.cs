using System.Globalization;
using Microsoft.ML;

namespace MLNetDebug.Data;

/// <summary>Drops rows by position.</summary>
/// <param name="Rows">Zero-based positions.</param>
/// <param name="What">What the rows are, for the title: <c>rows without a label</c>.</param>
public sealed record DropRowsMend(IReadOnlyList<long> Rows, string What)
    : Mend(
        string.Create(CultureInfo.InvariantCulture, $"Drop {Rows.Count:N0} {(Rows.Count == 1 && What.StartsWith("rows ", StringComparison.Ordinal) ? "row" + What[4..] : What)}."),
        CodeOf(Rows, What, "data"))
{
    /// <summary>Longer lists of rows are not written into the code.</summary>
    private const int MaxInCode = 20;

    /// <summary>True where the rows stand in the hold-out data and not in the training data.</summary>
    public bool InHoldOut
    {
        get;
        init
        {
            field = value;
            Code = CodeOf(Rows, What, value ? "test" : "data");
        }
    }

    /// <inheritdoc/>
    public override IDataView Apply(MLContext ml, IDataView data)
    {
        MendChecks.Arguments(ml, data);
        var dropped = Rows.ToHashSet();
        var last = dropped.Count == 0 ? -1 : dropped.Max();
        return MendChecks.KeepShuffling(ml, data, new FilteredView(data, [], _ => new PositionTest(dropped, last), byPosition: true));
    }

    private static string CodeOf(IReadOnlyList<long> rows, string what, string data) => rows.Count <= MaxInCode
        ? $"{data} = new DropRowsMend([{MendCode.Numbers(rows)}], {MendCode.Text(what)}).Apply(ml, {data});"
        : $"{data} = report.Mends.OfType<DropRowsMend>().First(m => m.What == {MendCode.Text(what)}).Apply(ml, {data});";

    private sealed class PositionTest(HashSet<long> dropped, long last) : RowTest
    {
        public override bool Keep(long position) => !dropped.Contains(position);

        public override void AtEnd(long rows)
        {
            if (last >= rows)
                throw new InvalidOperationException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Row {last} is to be dropped, but the data has {rows} rows: it is not the data that was checked."));
        }
    }
}
