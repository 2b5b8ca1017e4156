using System.Globalization;
using System.Text;
using System.Xml;

namespace MLNetDebug.AutoML.Export;

/// <summary>Writes one SVG document. Text is escaped by the XML writer, and coordinates are finite.</summary>
internal sealed class SvgWriter
{
    public const string Ink = "#222222";
    public const string Faint = "#666666";

    private const double BoldIsWider = 1.12;
    private const string Namespace = "http://www.w3.org/2000/svg";

    private readonly StringBuilder _text = new();
    private readonly XmlWriter _xml;

    public SvgWriter(double width, double height, string label)
    {
        _xml = XmlWriter.Create(_text, new XmlWriterSettings { OmitXmlDeclaration = true, Indent = true, IndentChars = " ", NewLineChars = "\n" });
        _xml.WriteStartElement("svg", Namespace);
        Attributes([
            ("viewBox", $"0 0 {N(width)} {N(height)}"), ("width", N(width)), ("height", N(height)), ("role", "img"), ("aria-label", label),
            ("font-family", "system-ui, 'Segoe UI', Helvetica, Arial, sans-serif"),
        ]);
        Shape("rect", ("width", N(width)), ("height", N(height)), ("fill", "#ffffff"));
    }

    /// <summary>A coordinate or length.</summary>
    public static string N(double value) => double.IsFinite(value)
        ? value.ToString("0.##", CultureInfo.InvariantCulture)
        : throw new ArgumentOutOfRangeException(nameof(value), value, "A coordinate is finite.");

    /// <summary>Begins a group, with what it says when it is pointed at.</summary>
    public void Begin(string kind, string? tip = null)
    {
        _xml.WriteStartElement("g", Namespace);
        Attributes([("class", kind)]);
        if (tip is not null)
            _xml.WriteElementString("title", Namespace, Valid(tip));
    }

    public void End() => _xml.WriteEndElement();

    public void Shape(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _xml.WriteStartElement(name, Namespace);
        Attributes(attributes);
        _xml.WriteEndElement();
    }

    public void Rectangle(double x, double y, double width, double height, string fill) =>
        Shape("rect", ("x", N(x)), ("y", N(y)), ("width", N(width)), ("height", N(height)), ("fill", fill));

    public void Line(double x1, double y1, double x2, double y2, string stroke, double width = 1, string dashes = "none") =>
        Shape("line", ("x1", N(x1)), ("y1", N(y1)), ("x2", N(x2)), ("y2", N(y2)), ("stroke", stroke), ("stroke-width", N(width)), ("stroke-dasharray", dashes));

    public void Circle(double x, double y, double radius, string fill, string stroke, double width = 1, string dashes = "none") =>
        Shape("circle", ("cx", N(x)), ("cy", N(y)), ("r", N(radius)), ("fill", fill), ("stroke", stroke), ("stroke-width", N(width)), ("stroke-dasharray", dashes));

    public void Path(string path, string stroke, double width) =>
        Shape("path", ("d", path), ("fill", "none"), ("stroke", stroke), ("stroke-width", N(width)), ("stroke-linejoin", "round"), ("stroke-linecap", "round"));

    /// <summary>One line of text; what is wider than <paramref name="room"/> is cut.</summary>
    public void Text(double x, double y, string text, double room, double size = 12, string anchor = "start", string fill = Ink, bool isBold = false, double turn = 0)
    {
        _xml.WriteStartElement("text", Namespace);
        Attributes([("x", N(x)), ("y", N(y)), ("font-size", N(size)), ("text-anchor", anchor), ("fill", fill)]);
        if (isBold)
            Attributes([("font-weight", "600")]);
        if (turn != 0)
            Attributes([("transform", $"rotate({N(turn)} {N(x)} {N(y)})")]);
        _xml.WriteString(Valid(FigureText.Fit(text, isBold ? room / BoldIsWider : room, size)));
        _xml.WriteEndElement();
    }

    /// <summary>The whole document.</summary>
    public string Finish()
    {
        _xml.WriteEndElement();
        _xml.Dispose();
        return _text.ToString();
    }

    private void Attributes(ReadOnlySpan<(string Name, string Value)> attributes)
    {
        foreach (var (name, value) in attributes)
        {
            if (value != "none" || name == "fill")
                _xml.WriteAttributeString(name, Valid(value));
        }
    }

    // XML has no place for some characters, not even escaped.
    private static string Valid(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            result.Append(rune.Value > 0xFFFF || XmlConvert.IsXmlChar((char)rune.Value) ? rune.ToString() : "\uFFFD");
        return result.ToString();
    }
}
