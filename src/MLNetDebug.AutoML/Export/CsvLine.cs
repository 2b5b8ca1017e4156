using System.Globalization;
using System.Text;

namespace MLNetDebug.AutoML.Export;

/// <summary>Lines of comma-separated values by RFC 4180, in no culture's forms.</summary>
internal sealed class CsvLine(TextWriter destination)
{
    private readonly StringBuilder _line = new();
    private bool _isBegun;

    public CsvLine Whole(long value) => Cell(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>The shortest text that gives the number again; nothing where it is not finite.</summary>
    public CsvLine Number(double value) => Cell(double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : "");

    public CsvLine Time(DateTimeOffset? time) => Cell(time is { } moment ? moment.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) : "");

    /// <summary>A text. What a spreadsheet would run as a formula is told from a text by the apostrophe that spreadsheets themselves use (OWASP, CSV Injection).</summary>
    public CsvLine Text(string? text) => Cell(text is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..] ? "'" + text : text ?? "");

    public void End()
    {
        destination.Write(_line.Append("\r\n").ToString());
        _line.Clear();
        _isBegun = false;
    }

    private CsvLine Cell(string cell)
    {
        if (_isBegun)
            _line.Append(',');
        _isBegun = true;
        if (cell.AsSpan().IndexOfAny("\",\r\n") < 0)
            _line.Append(cell);
        else
            _line.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        return this;
    }
}
