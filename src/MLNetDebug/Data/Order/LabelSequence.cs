namespace MLNetDebug.Data;

/// <summary>The first labels in row order, at most <see cref="LabelProfile.MaxSequence"/>.</summary>
internal sealed class LabelSequence
{
    private float[] _values = new float[256];
    private int _count;

    public void Add(float value)
    {
        if (_count == _values.Length)
        {
            if (_count == LabelProfile.MaxSequence)
                return;
            Array.Resize(ref _values, _count * 2);
        }

        _values[_count++] = value;
    }

    public void Append(LabelSequence later)
    {
        var taken = Math.Min(later._count, LabelProfile.MaxSequence - _count);
        if (_count + taken > _values.Length)
            Array.Resize(ref _values, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(_count + taken)));
        later._values.AsSpan(0, taken).CopyTo(_values.AsSpan(_count));
        _count += taken;
    }

    /// <summary>Renames the values; missing stays missing.</summary>
    public void Recode(Func<double, double> map)
    {
        for (var i = 0; i < _count; i++)
        {
            if (!float.IsNaN(_values[i]))
                _values[i] = (float)map(_values[i]);
        }
    }

    public float[] ToArray() => _values[.._count];

    public void Write(BinaryWriter writer) => BinaryArrays.Write<float>(writer, _values.AsSpan(0, _count));

    public static LabelSequence Read(BinaryReader reader)
    {
        var values = BinaryArrays.Read<float>(reader);
        var sequence = new LabelSequence { _count = values.Length };
        Array.Resize(ref sequence._values, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(256, values.Length)));
        values.CopyTo(sequence._values, 0);
        return sequence;
    }
}
