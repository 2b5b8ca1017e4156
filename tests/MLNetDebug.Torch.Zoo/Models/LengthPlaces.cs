using System.Buffers.Binary;

namespace MLNetDebug.Torch.Zoo.Models;

/// <summary>Where lengths, counts and dimensions stand in the payload of weights.</summary>
internal sealed class LengthPlaces
{
    private readonly byte[] _payload;
    private readonly List<int> _places = [];
    private int _at;

    private LengthPlaces(byte[] payload) => _payload = payload;

    /// <summary>Offsets of them; of those that have 8 bytes, of both halves.</summary>
    public static int[] In(byte[] payload)
    {
        var places = new LengthPlaces(payload);
        places.Walk();
        return [.. places._places];
    }

    private void Walk()
    {
        _at += 4;
        Text();
        Shape();
        Int();
        Text();
        Text();
        _at += 8 + 4;
        Shape();
        _at += 16;
        for (var modules = Int(); modules > 0; modules--)
        {
            for (var tensors = Int(); tensors > 0; tensors--)
            {
                Text();
                _at += 4;
                Shape();
                var bytes = (int)Long();
                _at += bytes;
            }
        }

        if (_at != _payload.Length)
            throw new InvalidOperationException($"The payload of weights ends at {_payload.Length} and not at {_at}: the format has changed.");
    }

    private int Int()
    {
        _places.Add(_at);
        return BinaryPrimitives.ReadInt32LittleEndian(_payload.AsSpan((_at += 4) - 4));
    }

    private long Long()
    {
        _places.AddRange([_at, _at + 4]);
        return BinaryPrimitives.ReadInt64LittleEndian(_payload.AsSpan((_at += 8) - 8));
    }

    private void Text()
    {
        var bytes = Int();
        _at += bytes;
    }

    private void Shape()
    {
        for (var dimensions = Int(); dimensions > 0; dimensions--)
            Long();
    }
}
