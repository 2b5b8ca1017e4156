namespace MLNetDebug.Data;

/// <summary>How many fields the rows of a file have, and where each number stands first.</summary>
internal sealed class RowWidths
{
    private const int MaxWidths = 4096;
    private readonly SortedDictionary<int, Tally> _byWidth = [];

    public void Add(int width, long line)
    {
        if (!_byWidth.TryGetValue(width, out var tally))
        {
            if (_byWidth.Count >= MaxWidths)
                width = _byWidth.Keys.Last();
            if (!_byWidth.TryGetValue(width, out tally))
                _byWidth[width] = tally = new Tally();
        }

        tally.Add(line, width.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>The most common number of fields; the smaller of two; 0 without rows.</summary>
    public int Usual => _byWidth.Count == 0 ? 0 : _byWidth.MaxBy(w => w.Value.Count).Key;

    /// <summary>Rows of some widths, the examples being the widths.</summary>
    public Occurrence Where(Func<int, bool> width)
    {
        Occurrence[] all = [.. _byWidth.Where(w => width(w.Key)).Select(w => w.Value.ToOccurrence())];
        return new Occurrence(
            all.Sum(o => o.Count),
            [.. all.SelectMany(o => o.Lines).Order().Take(Occurrence.MaxKept)],
            [.. all.SelectMany(o => o.Examples).Take(Occurrence.MaxKept)]);
    }
}
