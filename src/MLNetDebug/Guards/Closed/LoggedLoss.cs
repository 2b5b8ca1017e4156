using System.Globalization;

namespace MLNetDebug.Guards;

/// <summary>Reads <c>Row: 12, Loss: 0.5</c>, the line in which two of the networks' trainers show their loss; numbers are written in the culture of the thread.</summary>
internal static class LoggedLoss
{
    private const string Begin = "Row: ";
    private const string Middle = ", Loss: ";

    public static bool TryRead(string message, out double loss)
    {
        loss = double.NaN;
        var at = message.IndexOf(Middle, StringComparison.Ordinal);
        return at > 0 && message.StartsWith(Begin, StringComparison.Ordinal)
            && double.TryParse(message.AsSpan(at + Middle.Length), NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.CurrentCulture, out loss);
    }
}
