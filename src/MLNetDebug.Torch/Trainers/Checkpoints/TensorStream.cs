using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Trainers.Checkpoints;

/// <summary>A tensor's numbers as bytes, in the order of its elements, whatever device it lies on.</summary>
internal static class TensorStream
{
    // A span holds no more bytes than an int counts.
    private const long Piece = 1 << 26;

    public static void Write(Stream stream, Tensor tensor) => ForPieces(tensor, piece =>
    {
        using var host = piece.cpu();
        using var laid = host.contiguous();
        stream.Write(laid.bytes);
    });

    /// <exception cref="EndOfStreamException">The stream ends before.</exception>
    public static void Read(Stream stream, Tensor tensor) => ForPieces(tensor, piece =>
    {
        using var host = empty(piece.NumberOfElements, piece.dtype);
        stream.ReadExactly(host.bytes);
        piece.copy_(host);
    });

    private static void ForPieces(Tensor tensor, Action<Tensor> use)
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        var detached = tensor.detach();
        // What is read into must be the tensor's own memory: a copy laid out in order is copied back.
        var flat = detached.is_contiguous() ? detached.view(-1) : detached.contiguous().view(-1);
        for (var start = 0L; start < flat.NumberOfElements; start += Piece)
        {
            using var piece = flat.narrow(0, start, Math.Min(Piece, flat.NumberOfElements - start));
            use(piece);
        }

        if (!detached.is_contiguous())
            detached.copy_(flat.view(detached.shape));
    }
}
