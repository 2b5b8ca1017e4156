using System.Runtime.InteropServices;

namespace MLNetDebug.Data;

/// <summary>Arrays of plain numbers in a binary stream, a length first.</summary>
internal static class BinaryArrays
{
    public static void Write<T>(BinaryWriter writer, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values));
    }

    /// <exception cref="InvalidDataException">The stream ends early, or a length is not possible.</exception>
    public static T[] Read<T>(BinaryReader reader)
        where T : unmanaged => Read<T>(reader, reader.ReadInt32());

    /// <exception cref="InvalidDataException">The stream ends early, or a length is not possible.</exception>
    public static T[] Read<T>(BinaryReader reader, int length)
        where T : unmanaged
    {
        if (length is < 0 or > LabelProfile.MaxSequence)
            throw new InvalidDataException($"A saved profile holds an array of {length} values, which no profile writes.");
        var values = new T[length];
        var bytes = MemoryMarshal.AsBytes(values.AsSpan());
        while (bytes.Length > 0)
        {
            var read = reader.Read(bytes);
            if (read == 0)
                throw new InvalidDataException("A saved profile ends in the middle of an array.");
            bytes = bytes[read..];
        }

        return values;
    }
}
