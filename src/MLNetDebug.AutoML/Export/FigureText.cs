using System.Globalization;
using System.Text;
using MLNetDebug.Reports;

namespace MLNetDebug.AutoML.Export;

/// <summary>Text of figures: numbers, tooltips, and what fits a width.</summary>
internal static class FigureText
{
    private const int MaxTip = 400;
    private const char Ellipsis = '\u2026';

    /// <summary>A number with so many significant digits.</summary>
    public static string Number(double value, int digits = 4)
    {
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? "none" : value > 0 ? "infinite" : "minus infinite";
        var size = Math.Abs(value);
        if (size is 0 or (>= 1e-3 and < 1e6))
            return decimal.Parse(value.ToString("G" + digits, CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture).ToString("0.###############", CultureInfo.InvariantCulture);
        return value.ToString("0." + new string('#', digits - 1) + "e+0", CultureInfo.InvariantCulture).Replace("e+", "e", StringComparison.Ordinal);
    }

    /// <summary>Numbers with as few digits as tell them apart.</summary>
    public static string[] Numbers(IReadOnlyList<double> values)
    {
        for (var digits = 3; ; digits++)
        {
            var texts = values.Select(v => Number(v, digits)).ToArray();
            if (digits >= 12 || texts.Distinct().Count() == values.Distinct().Count())
                return texts;
        }
    }

    /// <summary>What a mark says when it is pointed at.</summary>
    public static string Tip(TrialRecord trial, FigureStudy figure)
    {
        var lines = new List<string>
        {
            $"Trial {trial.Plan.Number}, {FigureStudy.Name(FigureStudy.MarkOf(trial))}",
            SafeText.Line(figure.Choices.Words(trial.Plan.Parameters), MaxTip),
            $"{SafeText.Line(figure.Metric.Name, MaxTip)} {Number(trial.Metric)}, {trial.Points.Count} of {trial.Plan.Epochs} epochs reported",
        };
        if (!string.IsNullOrEmpty(trial.Reason))
            lines.Add(SafeText.Line(trial.Reason, MaxTip));
        return string.Join('\n', lines);
    }

    /// <summary>On one line, and cut where it would be wider than <paramref name="width"/>: by estimate, on the wide side.</summary>
    public static string Fit(string text, double width, double size)
    {
        var line = SafeText.Line(text);
        if (Width(line, size) <= width)
            return line;
        var result = new StringBuilder();
        var left = width - Em(new Rune(Ellipsis)) * size;
        foreach (var rune in line.EnumerateRunes())
        {
            left -= Em(rune) * size;
            if (left < 0)
                break;
            result.Append(rune);
        }

        return result.Append(Ellipsis).ToString();
    }

    /// <summary>How wide a line is at most in a common sans serif, in pixels.</summary>
    public static double Width(string line, double size) => line.EnumerateRunes().Sum(Em) * size;

    private static double Em(Rune rune) => rune.Value switch
    {
        'W' or 'M' or 'm' or 'w' or '@' or '%' => 1,
        'i' or 'j' or 'l' or 'I' or '.' or ',' or ':' or ';' or '\'' or ' ' => 0.36,
        >= 'A' and <= 'Z' => 0.77,
        < 0x80 => 0.64,
        < 0x1100 => 0.85,
        _ => 1.15,
    };
}
