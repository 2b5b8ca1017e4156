using System.IO.Hashing;

namespace MLNetDebug.Torch.Trainers.Checkpoints;

/// <summary>
/// One checkpoint on disk: a mark, the image, a hash of both. It is written beside its place, forced to the disk and then moved there, so that a name stands for a whole file or for none.
/// </summary>
internal static class CheckpointFile
{
    private const int HashBytes = 16;

    private static ReadOnlySpan<byte> Mark => "MLNetDebug checkpoint 1\n"u8;

    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, RunImage image, LoopPosition position)
    {
        var beside = path + ".part";
        try
        {
            using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                var hash = new XxHash128();
                var hashing = new HashingStream(file, hash);
                hashing.Write(Mark);
                image.Write(hashing, position);
                file.Write(hash.GetCurrentHash());
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryDelete(beside);
            throw new IOException($"The checkpoint '{path}' cannot be written: {e.Message} Checkpoints before it are whole; free space or choose another {nameof(TorchTrainerOptions.CheckpointFolder)}, and start the training again to go on from the last of them.", e);
        }
    }

    /// <summary>Puts a training to where the file says.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static LoopPosition Read(string path, RunImage image)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        ThrowIfDamaged(file);
        file.Position = Mark.Length;
        return image.Read(file);
    }

    // The whole file first: what is half read would leave a network half of one training and half of another.
    private static void ThrowIfDamaged(FileStream file)
    {
        if (file.Length < Mark.Length + HashBytes)
            throw new InvalidDataException("it is shorter than any checkpoint");
        var hash = new XxHash128();
        var buffer = new byte[1 << 16];
        for (var left = file.Length - HashBytes; left > 0;)
        {
            var read = file.Read(buffer, 0, (int)Math.Min(buffer.Length, left));
            if (read == 0)
                throw new InvalidDataException("it ends before its length");
            if (file.Position == read && !buffer.AsSpan().StartsWith(Mark))
                throw new InvalidDataException("it is no checkpoint of this version");
            hash.Append(buffer.AsSpan(0, read));
            left -= read;
        }

        Span<byte> kept = stackalloc byte[HashBytes];
        file.ReadExactly(kept);
        if (!kept.SequenceEqual(hash.GetCurrentHash()))
            throw new InvalidDataException("its hash does not fit: it was cut off or changed");
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What could not be written well may not be deletable either; it is never read.
        }
    }
}
