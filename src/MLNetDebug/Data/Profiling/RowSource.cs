using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>Fills blocks of rows from a cursor.</summary>
internal sealed class RowSource
{
    private readonly DataViewRowCursor _cursor;
    private readonly ColumnReader[] _readers;
    private readonly LabelReader? _label;
    private readonly string? _labelName;
    private readonly ValueGetter<DataViewRowId> _id;
    private readonly string _dataName;

    public RowSource(DataViewRowCursor cursor, DataViewSchema schema, RowLayout layout, string dataName, long firstRow)
    {
        (_cursor, _dataName) = (cursor, dataName);
        _readers = [.. layout.Columns.Where(c => c.IsRead).Select(c => ColumnReader.Create(c, schema[c.Index], cursor, firstRow))];
        _id = cursor.GetIdGetter();
        if (layout.Label is not { NotCheckedReason: null } label)
            return;
        LabelTexts = label.Kind == ColumnKind.Text ? new LabelTexts() : null;
        _labelName = label.Name;
        _label = LabelReader.Create(LabelTexts, schema[label.Index], cursor);
    }

    /// <summary>The numbered texts of a text label; null for other kinds.</summary>
    public LabelTexts? LabelTexts { get; }

    /// <summary>The texts of text columns by name.</summary>
    public IEnumerable<(string Column, TextTable Texts)> Texts =>
        _readers.OfType<TextReaderBase>().Select(r => (r.Plan.Name, r.Table));

    /// <summary>The lanes of very wide columns by name.</summary>
    public IEnumerable<(string Column, WideLane Lane)> WideLanes =>
        _readers.OfType<WideVectorReader>().Select(r => (r.Plan.Name, r.Lane));

    /// <summary>Fills a block.</summary>
    /// <param name="block">The block; its count is set.</param>
    /// <param name="wanted">At most so many rows.</param>
    /// <param name="rowsBefore">Rows read before, for messages.</param>
    /// <returns>False where the data ended.</returns>
    public bool Fill(RowBlock block, int wanted, long rowsBefore)
    {
        block.Count = 0;
        var column = string.Empty;
        try
        {
            while (block.Count < wanted)
            {
                column = string.Empty;
                if (!_cursor.MoveNext())
                    return false;
                var row = block.Count;
                foreach (var reader in _readers)
                {
                    column = reader.Plan.Name;
                    reader.Read(block, row);
                }

                if (_label is not null)
                {
                    column = _labelName!;
                    block.Labels[row] = _label.Read(out block.LabelHashes[row]);
                }

                DataViewRowId id = default;
                _id(ref id);
                block.SourceIds[row] = new UInt128(id.High, id.Low);
                block.Count++;
            }

            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
        {
            throw Unreadable(e, column, rowsBefore + block.Count);
        }
    }

    /// <summary>Whether the data has a row beyond those read.</summary>
    public bool HasMore()
    {
        try
        {
            return _cursor.MoveNext();
        }
        catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
        {
            // A row that cannot be read is a row.
            return true;
        }
    }

    private InvalidOperationException Unreadable(Exception cause, string column, long row)
    {
        var where = column.Length == 0 ? string.Empty : $", column '{column}'";
        return new InvalidOperationException(
            string.Create(CultureInfo.InvariantCulture, $"Row {row} of the {_dataName}{where} could not be read: {cause.Message}"), cause);
    }
}
