using System.IO.Compression;
using System.Text;

namespace MLNetDebug.Tests.Predictions.Parameters;

/// <summary>A tensor as it is saved: little-endian values, row-major.</summary>
internal sealed record SavedTensor(string Name, ulong Type, long[] Shape, byte[] Raw);

/// <summary>Writes what TorchSharp's <c>Module.save</c> writes, by another hand than the reader's: BinaryWriter has both of the format's encodings.</summary>
internal static class TorchModelWriter
{
    public static byte[] Write(params IReadOnlyList<SavedTensor> tensors) => Made(writer =>
    {
        writer.Write7BitEncodedInt64(tensors.Count);
        foreach (var tensor in tensors)
        {
            writer.Write(tensor.Name);
            writer.Write7BitEncodedInt64((long)tensor.Type);
            writer.Write7BitEncodedInt64(tensor.Shape.Length);
            foreach (var dimension in tensor.Shape)
                writer.Write7BitEncodedInt64(dimension);
            writer.Write(tensor.Raw);
        }
    });

    /// <summary>A tensor of 32-bit floats.</summary>
    public static SavedTensor Floats(string name, params float[] values) => new(name, 6, [values.Length], Made(writer => Array.ForEach(values, writer.Write)));

    /// <summary>Bytes that a writer is told one by one.</summary>
    public static byte[] Made(Action<BinaryWriter> write)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        write(writer);
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>A zip of these entries.</summary>
    public static byte[] Zip(params (string Name, byte[] Bytes)[] entries)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }
}
