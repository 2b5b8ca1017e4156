namespace MLNetDebug.AutoML.Export;

/// <summary>The colours and what they stand for, beside a plot.</summary>
internal static class ColourBar
{
    private const int Steps = 48;
    private const double Width = 16;
    private const double Room = 150;

    /// <param name="svg">Where to.</param>
    /// <param name="left">The left end.</param>
    /// <param name="top">The upper end, the title included.</param>
    /// <param name="height">The height, the title included.</param>
    /// <param name="title">What is coloured.</param>
    /// <param name="ends">The shares of the scale at the lower and upper end: less than all of it keeps off what is too bright on white.</param>
    /// <param name="labels">Places in [0, 1] from below, and their texts.</param>
    public static void Draw(SvgWriter svg, double left, double top, double height, string title, (double Low, double High) ends, IEnumerable<(double At, string Text)> labels)
    {
        const double TitleHeight = 14;
        var (bar, length) = (top + TitleHeight, height - TitleHeight);
        svg.Begin("colours");
        svg.Text(left, top + 4, title, Room, isBold: true);
        for (var i = 0; i < Steps; i++)
        {
            // A step overlaps the next by a little: no seam shows between them.
            var from = bar + length * i / Steps;
            svg.Rectangle(left, from, Width, Math.Min(bar + length, from + length / Steps + 0.6) - from, Viridis.At(ends.High + (ends.Low - ends.High) * (i + 0.5) / Steps));
        }

        foreach (var (at, text) in labels)
        {
            var y = bar + length * (1 - at);
            svg.Line(left + Width, y, left + Width + 4, y, SvgWriter.Faint);
            svg.Text(left + Width + 7, y + 4, text, Room - Width - 7, 11);
        }

        svg.End();
    }
}
