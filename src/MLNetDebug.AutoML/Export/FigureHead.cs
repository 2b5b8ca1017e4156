namespace MLNetDebug.AutoML.Export;

/// <summary>The four lines above every figure.</summary>
internal static class FigureHead
{
    /// <summary>The width of a figure, in pixels.</summary>
    public const double Width = 960;

    /// <summary>The room left at its sides.</summary>
    public const double Margin = 24;

    /// <summary>The width there is for text.</summary>
    public const double TextWidth = Width - 2 * Margin;

    /// <summary>Draws them.</summary>
    /// <param name="svg">The figure.</param>
    /// <param name="figure">What it shows.</param>
    /// <param name="title">Its title.</param>
    /// <param name="counts">Which trials there are.</param>
    /// <param name="note">How it is to be read.</param>
    public static void Draw(SvgWriter svg, FigureStudy figure, string title, string counts, string note)
    {
        svg.Text(Margin, 32, title, TextWidth, 17, isBold: true);
        svg.Text(Margin, 53, figure.WinnerText(), TextWidth, 12.5);
        svg.Text(Margin, 72, counts, TextWidth, 12, fill: SvgWriter.Faint);
        svg.Text(Margin, 90, note, TextWidth, 12, fill: SvgWriter.Faint);
    }
}
