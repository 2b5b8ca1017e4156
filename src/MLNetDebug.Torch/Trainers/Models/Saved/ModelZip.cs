using System.IO.Compression;
using System.IO.Hashing;

namespace MLNetDebug.Torch.Trainers.Models.Saved;

/// <summary>Holds the entries of a model's file against their checksums, which ML.NET does not.</summary>
internal static class ModelZip
{
    /// <summary>Reads them all.</summary>
    /// <exception cref="TorchModelException">The file is no zip file, or an entry is not what was written.</exception>
    public static void Check(Stream file, string path)
    {
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var entry in zip.Entries)
            {
                if (!names.Add(entry.FullName))
                    throw Damaged(path, $"entry '{entry.FullName}' stands in it twice");
                Check(entry, path);
            }

            if (names.Count == 0)
                throw Damaged(path, "it is empty");
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException or IOException or OverflowException)
        {
            throw Damaged(path, $"it is no whole zip file ({e.Message.TrimEnd('.')})", e);
        }
    }

    /// <summary>What is said of a damaged file.</summary>
    public static TorchModelException Damaged(string path, string what, Exception? inner = null) => new($"The model file '{path}' is damaged: {what}. Load an intact copy, or train and save it again.", inner);

    private static void Check(ZipArchiveEntry entry, string path)
    {
        var crc = new Crc32();
        var length = 0L;
        var buffer = new byte[1 << 16];
        using var stream = entry.Open();
        int read;
        while ((read = stream.Read(buffer)) > 0)
        {
            crc.Append(buffer.AsSpan(0, read));
            length += read;
            if (length > entry.Length)
                break;
        }

        if (length != entry.Length || crc.GetCurrentHashAsUInt32() != entry.Crc32)
            throw Damaged(path, $"entry '{entry.FullName}' is not what its checksum says");
    }
}
