using System.Text;

namespace MLNetDebug.Reports;

/// <summary>The few colours a report needs.</summary>
internal enum Ink
{
    Plain = 0,
    Bold = 1,
    Red = 31,
    Green = 32,
    Yellow = 33,
    Cyan = 36,
    Grey = 90,
}

/// <summary>Takes paragraphs and lays them out in lines of at most a width.</summary>
internal sealed class TextCanvas
{
    private readonly StringBuilder _text = new();
    private readonly int _width;
    private readonly bool _color;

    /// <param name="width">Greatest line length in characters.</param>
    /// <param name="color">Whether to write ANSI colour codes, which do not count into the width.</param>
    public TextCanvas(int width, bool color)
    {
        _width = width;
        _color = color;
    }

    /// <summary>An empty line.</summary>
    public void Gap() => _text.Append('\n');

    /// <summary>A paragraph: the lead stands on the first line, further lines are indented to stand beneath the text.</summary>
    /// <param name="indent">Spaces in front of the lead.</param>
    /// <param name="lead">Such as <c>WARNING </c> or <c>- </c>; taken as it is.</param>
    /// <param name="text">The text; made safe here.</param>
    /// <param name="leadInk">The lead's colour.</param>
    /// <param name="ink">The text's colour.</param>
    public void Paragraph(int indent, string lead, string text, Ink leadInk = Ink.Plain, Ink ink = Ink.Plain)
    {
        var first = true;
        foreach (var line in WordWrap.Lines(SafeText.Line(text), _width - indent - lead.Length))
        {
            _text.Append(' ', indent);
            if (first)
                Append(lead, leadInk);
            else
                _text.Append(' ', lead.Length);
            Append(line, ink);
            _text.Append('\n');
            first = false;
        }
    }

    /// <summary>Lines of code, each broken where the compiler does not mind where it is too long.</summary>
    public void Code(int indent, string code)
    {
        foreach (var line in CodeWrap.Lines(code, _width - indent))
        {
            _text.Append(' ', indent);
            Append(line, Ink.Cyan);
            _text.Append('\n');
        }
    }

    public override string ToString() => _text.ToString();

    private void Append(string text, Ink ink)
    {
        if (!_color || ink == Ink.Plain || text.Length == 0)
            _text.Append(text);
        else
            _text.Append("\u001b[").Append((int)ink).Append('m').Append(text).Append("\u001b[0m");
    }
}
