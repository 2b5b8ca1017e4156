using System.Globalization;

namespace MLNetDebug.Torch.Trainers.Models.Saved;

/// <summary>Probabilities as text, in fields of one width: from a text, an expression of ML.NET's own can make a vector of known size with names. Nine digits bring every number back as it was.</summary>
internal static class ScoreFields
{
    /// <summary>Characters of a field, such as <c>1.23456789E-001</c>.</summary>
    public const int Width = 15;

    /// <summary>Reads the field of each slot; the vector of slots counts from 1.</summary>
    public const string Expression = "(i, t) : single(mid(t, (int(i) - 1) * 15, int(i) * 15))";

    /// <summary>Writes them; a field that is no number is read as NaN.</summary>
    public static ReadOnlyMemory<char> Write(ReadOnlySpan<float> scores) => string.Create(scores.Length * Width, scores, static (text, scores) =>
    {
        for (var i = 0; i < scores.Length; i++)
        {
            var field = text.Slice(i * Width, Width);
            if (!(scores[i] >= 0) || !scores[i].TryFormat(field, out var written, "E8", CultureInfo.InvariantCulture) || written != Width)
                field.Fill('?');
        }
    }).AsMemory();
}
