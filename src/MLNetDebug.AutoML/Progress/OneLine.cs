using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MLNetDebug.AutoML.Progress;

/// <summary>Text that is never broken into lines: what is wider than its place ends in an ellipsis.</summary>
internal sealed class OneLine(string text, Style? style = null) : Renderable
{
    // A column of a table may become as narrow as this.
    private const int Least = 5;

    protected override Measurement Measure(RenderOptions options, int maxWidth)
    {
        var width = Math.Min(new Segment(text).CellCount(), maxWidth);
        return new Measurement(Math.Min(Least, width), width);
    }

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => [new Segment(Fit(options, maxWidth), style ?? Style.Plain)];

    private string Fit(RenderOptions options, int maxWidth)
    {
        if (new Segment(text).CellCount() <= maxWidth)
            return text;
        var mark = options.Unicode ? "\u2026" : "...";
        var left = maxWidth - mark.Length;
        var result = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            left -= new Segment(rune.ToString()).CellCount();
            if (left < 0)
                break;
            result.Append(rune);
        }

        return maxWidth >= mark.Length ? result.Append(mark).ToString() : "";
    }
}
