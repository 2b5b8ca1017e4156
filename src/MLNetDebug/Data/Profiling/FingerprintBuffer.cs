namespace MLNetDebug.Data;

/// <summary>Fingerprints of rows while they grow: all of them, or beyond the bound those whose low bits are zero.</summary>
internal sealed class FingerprintBuffer
{
    /// <summary>The level rises no further: then many rows are equal, and the first ones stand for the others.</summary>
    private const int MaxLevel = 32;

    private ulong[] _features = [];
    private uint[] _labels = [];
    private uint[] _ids = [];
    private uint[] _positions = [];

    public int Level { get; private set; }

    public int Count { get; private set; }

    public void Add(ulong features, uint label, UInt128 sourceId, long position)
    {
        if ((features & ((1UL << Level) - 1)) != 0)
            return;
        if (Count == RowFingerprints.ExactRows)
        {
            MakeRoom();
            if (Count == RowFingerprints.ExactRows || (features & ((1UL << Level) - 1)) != 0)
                return;
        }

        if (Count == _features.Length)
            Reserve(Growth.Next(Count, Count + 1, RowFingerprints.ExactRows));
        _features[Count] = features;
        _labels[Count] = label;
        _ids[Count] = (uint)Mix.Hash(features ^ Mix.Hash((ulong)sourceId ^ Mix.Hash((ulong)(sourceId >> 64))));
        _positions[Count++] = (uint)position;
    }

    /// <summary>Appends those of the rows that follow.</summary>
    public void Append(FingerprintBuffer later)
    {
        while (Level < later.Level)
            Raise();
        while (later.Level < Level)
            later.Raise();
        while (Count + later.Count > RowFingerprints.ExactRows && Level < MaxLevel)
        {
            Raise();
            later.Raise();
        }

        var taken = Math.Min(later.Count, RowFingerprints.ExactRows - Count);
        Reserve(Count + taken);
        Array.Copy(later._features, 0, _features, Count, taken);
        Array.Copy(later._labels, 0, _labels, Count, taken);
        Array.Copy(later._ids, 0, _ids, Count, taken);
        Array.Copy(later._positions, 0, _positions, Count, taken);
        Count += taken;
    }

    /// <summary>The fingerprints; the buffer's arrays are cut to the rows there are.</summary>
    public RowFingerprints ToFingerprints()
    {
        if (_features.Length != Count)
            Reserve(Count);
        return new RowFingerprints { Level = Level, Features = _features, Labels = _labels, Ids = _ids, Positions = _positions };
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(Level);
        BinaryArrays.Write<ulong>(writer, _features.AsSpan(0, Count));
        BinaryArrays.Write<uint>(writer, _labels.AsSpan(0, Count));
        BinaryArrays.Write<uint>(writer, _ids.AsSpan(0, Count));
        BinaryArrays.Write<uint>(writer, _positions.AsSpan(0, Count));
    }

    public static FingerprintBuffer Read(BinaryReader reader)
    {
        var buffer = new FingerprintBuffer
        {
            Level = reader.ReadInt32(),
            _features = BinaryArrays.Read<ulong>(reader),
            _labels = BinaryArrays.Read<uint>(reader),
            _ids = BinaryArrays.Read<uint>(reader),
            _positions = BinaryArrays.Read<uint>(reader),
        };
        buffer.Count = buffer._features.Length;
        if (buffer.Level is < 0 or > MaxLevel || buffer.Count > RowFingerprints.ExactRows || buffer._labels.Length != buffer.Count
            || buffer._ids.Length != buffer.Count || buffer._positions.Length != buffer.Count)
            throw new InvalidDataException("A saved profile holds fingerprints that do not fit together.");
        return buffer;
    }

    private void MakeRoom()
    {
        while (Count == RowFingerprints.ExactRows && Level < MaxLevel)
            Raise();
    }

    private void Raise()
    {
        Level++;
        var mask = (1UL << Level) - 1;
        var count = 0;
        for (var i = 0; i < Count; i++)
        {
            if ((_features[i] & mask) != 0)
                continue;
            (_features[count], _labels[count], _ids[count], _positions[count]) = (_features[i], _labels[i], _ids[i], _positions[i]);
            count++;
        }

        Count = count;
    }

    private void Reserve(int capacity)
    {
        Growth.Resize(ref _features, capacity, Count);
        Growth.Resize(ref _labels, capacity, Count);
        Growth.Resize(ref _ids, capacity, Count);
        Growth.Resize(ref _positions, capacity, Count);
    }
}
