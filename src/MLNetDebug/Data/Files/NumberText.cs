using System.Globalization;

namespace MLNetDebug.Data;

/// <summary>Numbers as ML.NET's text loader writes them: sign, ASCII digits, one marker, exponent; no thousands separators, no hexadecimal.</summary>
internal static class NumberText
{
    /// <summary>Reads a whole text as a number.</summary>
    /// <param name="text">The text, blanks at its ends removed.</param>
    /// <param name="decimalMarker">Point or comma.</param>
    /// <param name="value">The number; infinite where it overflows a double.</param>
    /// <param name="isInteger">True where only a sign and digits stand there.</param>
    public static bool TryRead(ReadOnlySpan<char> text, char decimalMarker, out double value, out bool isInteger)
    {
        value = double.NaN;
        isInteger = false;
        var at = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        var whole = Digits(text, ref at);
        isInteger = whole > 0 && at == text.Length;
        var fraction = 0;
        if (at < text.Length && text[at] == decimalMarker)
        {
            at++;
            fraction = Digits(text, ref at);
        }

        if (whole + fraction == 0 || !Exponent(text, ref at) || at != text.Length)
            return false;
        if (decimalMarker == '.')
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        Span<char> point = text.Length <= 64 ? stackalloc char[text.Length] : new char[text.Length];
        text.Replace(point, decimalMarker, '.');
        return double.TryParse(point, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    private static int Digits(ReadOnlySpan<char> text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
            at++;
        return at - start;
    }

    private static bool Exponent(ReadOnlySpan<char> text, ref int at)
    {
        if (at == text.Length || text[at] is not ('e' or 'E'))
            return true;
        at++;
        if (at < text.Length && text[at] is '+' or '-')
            at++;
        return Digits(text, ref at) > 0;
    }
}
