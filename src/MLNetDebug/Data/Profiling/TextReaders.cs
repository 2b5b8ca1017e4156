using System.IO.Hashing;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetDebug.Data;

/// <summary>The texts behind hashes, so that frequent values can be named: the first ones, cut to a length.</summary>
internal sealed class TextTable
{
    /// <summary>At most so many texts per column.</summary>
    public const int MaxTexts = 1024;

    /// <summary>Longer texts are cut.</summary>
    public const int MaxLength = 100;

    private readonly Dictionary<ulong, string> _texts = [];

    public IReadOnlyDictionary<ulong, string> Texts => _texts;

    /// <summary>The 64-bit hash of a text; 0 for an empty one.</summary>
    public static ulong CodeOf(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return 0;
        var hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text));
        return hash == 0 ? 1 : hash;
    }

    public ulong Add(ReadOnlySpan<char> text)
    {
        var code = CodeOf(text);
        if (code != 0 && _texts.Count < MaxTexts && !_texts.ContainsKey(code))
            _texts[code] = Cut(text);
        return code;
    }

    /// <summary>Adds a text by its hash.</summary>
    public void Add(ulong code, string text)
    {
        if (_texts.Count < MaxTexts)
            _texts.TryAdd(code, text);
    }

    /// <summary>A text as long as a message can show it.</summary>
    public static string Cut(ReadOnlySpan<char> text) =>
        text.Length <= MaxLength ? text.ToString() : string.Concat(text[..MaxLength], "...");
}

/// <summary>Reads texts into codes (hashes) and numbers (lengths in characters).</summary>
internal abstract class TextReaderBase(ColumnPlan plan) : ColumnReader(plan)
{
    /// <summary>The texts of the column.</summary>
    public TextTable Table { get; } = new();

    protected void Put(RowBlock block, int row, int slot, ReadOnlyMemory<char> text)
    {
        block.CodesOf(row, Plan.CodeOffset + slot, 1)[0] = Table.Add(text.Span);
        block.SinglesOf(row, Plan.Offset + slot, 1)[0] = text.IsEmpty ? float.NaN : text.Length;
    }
}

/// <summary>A column of one text per row.</summary>
internal sealed class TextReader(ColumnPlan plan, DataViewSchema.Column column, DataViewRow row) : TextReaderBase(plan)
{
    private readonly ValueGetter<ReadOnlyMemory<char>> _getter = row.GetGetter<ReadOnlyMemory<char>>(column);
    private ReadOnlyMemory<char> _value;

    public override void Read(RowBlock block, int row)
    {
        _getter(ref _value);
        Put(block, row, 0, _value);
    }
}

/// <summary>A vector of texts.</summary>
internal sealed class TextVectorReader(ColumnPlan plan, DataViewSchema.Column column, DataViewRow row) : TextReaderBase(plan)
{
    private readonly ValueGetter<VBuffer<ReadOnlyMemory<char>>> _getter = row.GetGetter<VBuffer<ReadOnlyMemory<char>>>(column);
    private VBuffer<ReadOnlyMemory<char>> _buffer;

    public override void Read(RowBlock block, int row)
    {
        _getter(ref _buffer);
        VectorLength.Check(_buffer.Length, Plan);
        var values = _buffer.GetValues();
        var slots = _buffer.GetIndices();
        if (!_buffer.IsDense)
        {
            block.CodesOf(row, Plan.CodeOffset, Plan.CodeWidth).Clear();
            block.SinglesOf(row, Plan.Offset, Plan.Width).Fill(float.NaN);
        }

        for (var i = 0; i < values.Length; i++)
            Put(block, row, _buffer.IsDense ? i : slots[i], values[i]);
    }
}
