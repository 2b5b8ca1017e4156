using MLNetDebug;
using MLNetDebug.Reports;

namespace Microsoft.ML;

/// <summary>Writes reports as text and as JSON.</summary>
public static class DiagnosticReportExtensions
{
    private const int DefaultWidth = 100;
    private const int MaxConsoleWidth = 120;

    /// <summary>
    /// The report as text: root causes first, each with its place, what was measured, what to do and what follows from it, then
    /// what was not checked, what was assumed and which rules ran.
    /// </summary>
    /// <param name="report">The report.</param>
    /// <param name="width">Greatest line length in characters, at least 40. Default 100.</param>
    /// <param name="color">True to write ANSI colours, for terminals only. Default false.</param>
    /// <returns>Lines that end in <c>\n</c>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="report"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> is below 40.</exception>
    public static string ToText(this DiagnosticReport report, int width = DefaultWidth, bool color = false)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, TextReport.MinWidth);
        return TextReport.Render(report, width, color);
    }

    /// <summary>
    /// Writes the report as text. To <see cref="Console.Out"/> or <see cref="Console.Error"/> at a terminal it is as wide as the window (40 to 120) and coloured,
    /// unless the environment variable <c>NO_COLOR</c> is set; anywhere else it is 100 wide and plain.
    /// </summary>
    /// <param name="report">The report.</param>
    /// <param name="writer">Where to.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static void WriteTo(this DiagnosticReport report, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(writer);
        var terminal = (ReferenceEquals(writer, Console.Out) && !Console.IsOutputRedirected)
            || (ReferenceEquals(writer, Console.Error) && !Console.IsErrorRedirected);
        var color = terminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        writer.Write(TextReport.Render(report, terminal ? WindowWidth() : DefaultWidth, color));
    }

    /// <summary>
    /// The report as JSON by <c>docs/report.schema.json</c>. Numbers that JSON has no form for are the strings <c>"NaN"</c>,
    /// <c>"Infinity"</c> and <c>"-Infinity"</c>; texts are cut at 4,096 characters, and the figures of one finding are thinned to 64 KB.
    /// </summary>
    /// <param name="report">The report.</param>
    /// <param name="includeValues">True to write cell values of the user's data (<see cref="Finding.Values"/>). Default false.</param>
    /// <param name="indented">True for a form to read. Default true.</param>
    /// <returns>One JSON object.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="report"/> is null.</exception>
    public static string ToJson(this DiagnosticReport report, bool includeValues = false, bool indented = true)
    {
        ArgumentNullException.ThrowIfNull(report);
        return JsonReport.Render(report, includeValues, indented);
    }

    // One column is left free: terminals break a line that fills the last one. A terminal may not know its width.
    private static int WindowWidth() =>
        Console.WindowWidth is > 1 and var width ? Math.Clamp(width - 1, TextReport.MinWidth, MaxConsoleWidth) : DefaultWidth;
}
