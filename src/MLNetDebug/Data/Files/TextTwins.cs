namespace MLNetDebug.Data;

/// <summary>Finds texts that stand both with and without blanks at their ends: ML.NET takes them for two categories.</summary>
internal sealed class TextTwins
{
    private const int MaxTexts = 100_000;
    private const int MaxLength = 64;
    private readonly Dictionary<(int Field, string Column, string Text), (FileTarget Target, Entry Entry)> _texts = [];
    private bool _isFull;

    public void Add(int field, FileTarget target, long line, ReadOnlyMemory<char> text)
    {
        var bare = text.Trim();
        if (bare.IsEmpty || bare.Length > MaxLength)
            return;
        var key = (field, target.Column, bare.ToString());
        if (!_texts.TryGetValue(key, out var known))
        {
            if (_texts.Count >= MaxTexts)
            {
                _isFull = true;
                return;
            }

            _texts[key] = known = (target, new Entry());
        }

        if (bare.Length == text.Length)
            known.Entry.IsBareToo = true;
        else
            known.Entry.Padded.Add(line, text.Span);
    }

    public IEnumerable<(int Field, FileTarget Target, Occurrence Where)> Found() =>
        from text in _texts
        where text.Value.Entry.IsBareToo && text.Value.Entry.Padded.Count > 0
        group text.Value by (text.Key.Field, text.Value.Target) into column
        let all = column.Select(t => t.Entry.Padded.ToOccurrence()).ToArray()
        select (column.Key.Field, column.Key.Target, new Occurrence(
            all.Sum(o => o.Count),
            [.. all.SelectMany(o => o.Lines).Order().Take(Occurrence.MaxKept)],
            [.. all.SelectMany(o => o.Examples).Take(Occurrence.MaxKept)]));

    /// <summary>What the bound left out.</summary>
    public IEnumerable<NotChecked> NotChecked(string fileName)
    {
        if (_isFull)
            yield return new NotChecked(new Subject(SubjectKind.File, fileName), $"whether texts beyond the first {Words.Number(MaxTexts)} different ones stand with and without blanks at their ends");
    }

    private sealed class Entry
    {
        public bool IsBareToo { get; set; }

        public Tally Padded { get; } = new();
    }
}
