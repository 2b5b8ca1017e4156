using System.Buffers.Text;
using System.Text;

namespace MLNetDebug.Torch.Trainers.Models.Saved;

/// <summary>Pieces of weights as the texts that the maps of a saved chain hold; the last text is the seal, which tells the pieces of one model from those of another.</summary>
internal static class WeightTexts
{
    /// <summary>Text of a piece.</summary>
    public static ReadOnlyMemory<char> Encode(ReadOnlySpan<byte> piece) => Convert.ToBase64String(piece).AsMemory();

    /// <summary>The pieces of the texts, checked against the seal.</summary>
    /// <exception cref="TorchModelException">They are no texts of weights.</exception>
    public static WeightPieces Decode(ReadOnlySpan<ReadOnlyMemory<char>> texts)
    {
        if (texts.Length < 2)
            throw WeightReader.Damaged($"it holds {texts.Length} text(s) where one for each piece of its weights and a seal are expected");
        var pieces = new byte[texts.Length - 1][];
        for (var i = 0; i < pieces.Length; i++)
            pieces[i] = Decode(texts[i].Span, i);
        return WeightPieces.Check(pieces, texts[^1].Span);
    }

    private static byte[] Decode(ReadOnlySpan<char> text, int index)
    {
        // Four characters hold three bytes: nothing is allocated for more than is there.
        var bytes = new byte[(long)text.Length / 4 * 3];
        if (text.Length % 4 != 0 || !Convert.TryFromBase64Chars(text, bytes, out var written))
            throw WeightReader.Damaged($"piece {index + 1} of its weights is no base64 text");
        return written == bytes.Length ? bytes : bytes[..written];
    }
}
