namespace MLNetDebug.AutoML.Export;

/// <summary>What a legend explains.</summary>
/// <param name="Text">What it means.</param>
/// <param name="Draw">Draws it around a middle.</param>
internal sealed record LegendEntry(string Text, Action<SvgWriter, double, double> Draw);

/// <summary>Entries in lines, as many in a line as fit.</summary>
internal sealed class Legend
{
    private const double LineHeight = 20;
    private const double Symbol = 26;
    private const double Gap = 18;
    private const double Size = 11.5;

    private readonly List<(LegendEntry Entry, double X, double Y)> _placed = [];

    public Legend(IEnumerable<LegendEntry> entries, double width)
    {
        double x = 0, y = 0;
        foreach (var entry in entries)
        {
            var takes = Symbol + FigureText.Width(entry.Text, Size);
            if (x > 0 && x + takes > width)
                (x, y) = (0, y + LineHeight);
            _placed.Add((entry, x, y));
            x += takes + Gap;
        }

        Height = _placed.Count > 0 ? y + LineHeight : 0;
    }

    public double Height { get; }

    public void Draw(SvgWriter svg, double left, double top)
    {
        svg.Begin("legend");
        foreach (var (entry, x, y) in _placed)
        {
            entry.Draw(svg, left + x + Symbol / 2 - 3, top + y + LineHeight / 2);
            svg.Text(left + x + Symbol, top + y + LineHeight / 2 + 4, entry.Text, 400, Size);
        }

        svg.End();
    }
}
