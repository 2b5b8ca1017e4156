namespace MLNetDebug.Data;

/// <summary>
/// The texts of a text label, numbered 1, 2, ... in order of appearance. Texts are told apart by their 64-bit hash and kept only as
/// long as a message can show them.
/// </summary>
internal sealed class LabelTexts
{
    /// <summary>Texts beyond the classes a label profile can count are not numbered but stand for themselves, as 48 bits of their hash.</summary>
    private const int MaxTexts = LabelProfile.MaxClasses + 1;

    private readonly Dictionary<ulong, int> _numbers = [];
    private readonly List<(ulong Hash, string Text)> _texts = [];

    /// <summary>Hash and text of each number, from 1.</summary>
    public IReadOnlyList<(ulong Hash, string Text)> Texts => _texts;

    /// <summary>The number of a text; NaN for an empty one.</summary>
    public double CodeOf(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return double.NaN;
        var hash = TextTable.CodeOf(text);
        if (_numbers.TryGetValue(hash, out var number))
            return number;
        return _texts.Count == MaxTexts ? Unnumbered(hash) : Add(hash, TextTable.Cut(text));
    }

    /// <summary>The number of a text by its hash; a new one is added.</summary>
    public double CodeOf(ulong hash, string text) =>
        _numbers.TryGetValue(hash, out var number) ? number
        : _texts.Count == MaxTexts ? Unnumbered(hash)
        : Add(hash, text);

    /// <summary>The number here of a number there; texts that are new here are added.</summary>
    public double Translate(double code, LabelTexts there)
    {
        if (!(code >= 1 && code <= there.Texts.Count))
            return code;
        var (hash, text) = there.Texts[(int)code - 1];
        return CodeOf(hash, text);
    }

    /// <summary>The text of a number.</summary>
    public string TextOf(double code) => code >= 1 && code <= _texts.Count ? _texts[(int)code - 1].Text : string.Empty;

    public void Write(BinaryWriter writer)
    {
        writer.Write(_texts.Count);
        foreach (var (hash, text) in _texts)
        {
            writer.Write(hash);
            writer.Write(text);
        }
    }

    public static LabelTexts Read(BinaryReader reader)
    {
        var texts = new LabelTexts();
        for (var left = reader.ReadInt32(); left > 0; left--)
            texts.CodeOf(reader.ReadUInt64(), reader.ReadString());
        return texts;
    }

    private static double Unnumbered(ulong hash) => MaxTexts + 1 + (hash & 0xFFFF_FFFF_FFFF);

    private int Add(ulong hash, string text)
    {
        _texts.Add((hash, text));
        return _numbers[hash] = _texts.Count;
    }
}
