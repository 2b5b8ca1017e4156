namespace MLNetDebug.Data;

/// <summary>Counts one thing and keeps where it happened first.</summary>
internal sealed class Tally
{
    private const int MaxExample = 40;
    private readonly List<long> _lines = [];
    private readonly List<string> _examples = [];

    public long Count { get; private set; }

    public void Add(long line, ReadOnlySpan<char> text, long times = 1)
    {
        Count += times;
        if (_lines.Count < Occurrence.MaxKept && (_lines.Count == 0 || _lines[^1] != line))
            _lines.Add(line);
        if (_examples.Count == Occurrence.MaxKept)
            return;
        var example = text.Length > MaxExample ? string.Concat(text[..MaxExample], "...") : text.ToString();
        if (!_examples.Contains(example))
            _examples.Add(example);
    }

    public Occurrence ToOccurrence() => Count == 0 ? Occurrence.None : new(Count, [.. _lines], [.. _examples]);
}
