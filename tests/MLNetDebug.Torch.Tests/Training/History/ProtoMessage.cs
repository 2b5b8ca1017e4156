using System.Buffers.Binary;
using System.Text;

namespace MLNetDebug.Torch.Tests.Training.History;

/// <summary>A message of protocol buffers by its wire format alone: numbered fields, with no description of what they mean.</summary>
internal sealed class ProtoMessage
{
    private readonly List<(int Number, ulong Value, ReadOnlyMemory<byte> Bytes)> _fields = [];

    public ProtoMessage(ReadOnlyMemory<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length)
        {
            var key = Varint(bytes.Span, ref at);
            var number = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    _fields.Add((number, Varint(bytes.Span, ref at), default));
                    break;
                case 1:
                    _fields.Add((number, BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span[at..]), default));
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(bytes.Span, ref at);
                    _fields.Add((number, 0, bytes.Slice(at, length)));
                    at += length;
                    break;
                case 5:
                    _fields.Add((number, BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span[at..]), default));
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"Field {number} has the type {key & 7}.");
            }
        }
    }

    public bool Has(int number) => _fields.Any(f => f.Number == number);

    public long Whole(int number) => (long)_fields.LastOrDefault(f => f.Number == number).Value;

    public double Double(int number) => BitConverter.UInt64BitsToDouble(_fields.LastOrDefault(f => f.Number == number).Value);

    public float Single(int number) => BitConverter.UInt32BitsToSingle((uint)_fields.LastOrDefault(f => f.Number == number).Value);

    public string Text(int number) => Encoding.UTF8.GetString(_fields.LastOrDefault(f => f.Number == number).Bytes.Span);

    public IReadOnlyList<ProtoMessage> Messages(int number) => [.. _fields.Where(f => f.Number == number).Select(f => new ProtoMessage(f.Bytes))];

    /// <summary>Packed doubles.</summary>
    public IReadOnlyList<double> Doubles(int number) => [.. _fields.Where(f => f.Number == number).SelectMany(f => f.Bytes.ToArray().Chunk(8)).Select(c => BitConverter.ToDouble(c))];

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0ul;
        for (var shift = 0; ; shift += 7)
        {
            var b = bytes[at++];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
                return value;
        }
    }
}
