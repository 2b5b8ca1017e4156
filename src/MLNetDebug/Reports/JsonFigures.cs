using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MLNetDebug.Reports;

/// <summary>Writes the figures of one finding in at most 64 KB together: series are thinned evenly until they fit.</summary>
internal static class JsonFigures
{
    /// <summary>Greatest size of a finding's figures, in bytes without indentation.</summary>
    public const int MaxBytes = 65_536;

    private const int MaxFigures = 16;

    public static void Write(Utf8JsonWriter json, IReadOnlyList<Figure> figures)
    {
        if (figures.Count == 0)
            return;
        json.WriteStartArray("figures");
        var left = MaxBytes - 2;
        foreach (var figure in figures.Take(MaxFigures))
        {
            if (Fit(figure, left) is not { } text)
                continue;
            json.WriteRawValue(text);
            left -= Encoding.UTF8.GetByteCount(text) + 1;
        }

        json.WriteEndArray();
    }

    /// <summary>The figure with as many points as fit; null where not even one point per series does.</summary>
    private static string? Fit(Figure figure, int bytes)
    {
        var longest = figure.Data.Count == 0 ? 0 : figure.Data.Max(s => s.Count);
        // A number takes at least two bytes with its comma: a start that cannot fit need not be tried.
        var stride = 1;
        while ((long)figure.Data.Count * (longest / stride) * 2 > bytes && stride < longest)
            stride *= 2;
        for (; ; stride *= 2)
        {
            if ((long)figure.Data.Count * 2 > bytes)
                return null;
            var text = Text(figure, stride, longest);
            if (Encoding.UTF8.GetByteCount(text) <= bytes)
                return text;
            if (stride >= longest)
                return null;
        }
    }

    private static string Text(Figure figure, int stride, int longest)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.Text("kind", figure.Kind);
            json.Array("axes", figure.Axes, (w, a) => w.WriteStringValue(SafeText.Clean(a, 200)));
            json.Array("data", figure.Data, (w, series) => WriteSeries(w, series, stride));
            if (stride > 1)
                json.WriteNumber("thinnedFrom", longest);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void WriteSeries(Utf8JsonWriter json, IReadOnlyList<double> series, int stride)
    {
        json.WriteStartArray();
        for (var i = 0; i < series.Count; i += stride)
            json.NumberValue(Rounded(series[i]));
        json.WriteEndArray();
    }

    // Seven significant digits are more than any drawing shows and halve the size.
    private static double Rounded(double value) =>
        double.IsFinite(value) ? double.Parse(value.ToString("G7", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : value;
}
