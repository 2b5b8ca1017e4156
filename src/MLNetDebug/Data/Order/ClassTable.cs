using System.Runtime.InteropServices;

namespace MLNetDebug.Data;

/// <summary>Distinct label values, numbered in order of appearance, with their counts; given up beyond a bound.</summary>
internal sealed class ClassTable
{
    /// <summary>Whole numbers below this are looked up without hashing.</summary>
    private const int Direct = 1024;

    private readonly int[] _direct = new int[Direct];
    private readonly Dictionary<double, int> _indexOf = [];
    private double[] _values = new double[16];
    private long[] _counts = new long[16];

    /// <summary>True where there were more than <see cref="LabelProfile.MaxClasses"/>.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>Distinct values.</summary>
    public int Count { get; private set; }

    /// <summary>The values by index.</summary>
    public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

    /// <summary>Rows by index.</summary>
    public ReadOnlySpan<long> Counts => _counts.AsSpan(0, Count);

    /// <summary>Counts rows of a value.</summary>
    /// <returns>Its index; -1 where the table has been given up.</returns>
    public int Add(double value, long rows = 1)
    {
        var index = IndexOf(value);
        if (index >= 0)
            _counts[index] += rows;
        return index;
    }

    /// <summary>Forgets everything: the label is not one of classes.</summary>
    public void GiveUp()
    {
        Overflowed = true;
        Count = 0;
        _indexOf.Clear();
        _values = [];
        _counts = [];
    }

    /// <summary>Appends the classes of another part.</summary>
    /// <returns>The index here of each class there; empty where the table has been given up.</returns>
    public int[] Append(ClassTable later)
    {
        if (later.Overflowed)
            GiveUp();
        var map = new int[later.Count];
        for (var i = 0; i < map.Length && !Overflowed; i++)
            map[i] = Add(later._values[i], later._counts[i]);
        return Overflowed ? [] : map;
    }

    /// <summary>Renames the values, as where texts were numbered anew.</summary>
    public void Recode(Func<double, double> map)
    {
        var values = Values.ToArray();
        var counts = Counts.ToArray();
        _indexOf.Clear();
        Array.Clear(_direct);
        Count = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (Add(map(values[i]), counts[i]) != i)
                throw new ArgumentException("Two label values were mapped to one.", nameof(map));
        }
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(Overflowed);
        writer.Write(Count);
        writer.Write(MemoryMarshal.AsBytes(Values));
        writer.Write(MemoryMarshal.AsBytes(Counts));
    }

    public static ClassTable Read(BinaryReader reader)
    {
        var table = new ClassTable();
        var overflowed = reader.ReadBoolean();
        var values = BinaryArrays.Read<double>(reader);
        var counts = BinaryArrays.Read<long>(reader, values.Length);
        for (var i = 0; i < values.Length; i++)
            table.Add(values[i], counts[i]);
        if (overflowed)
            table.GiveUp();
        return table;
    }

    private int IndexOf(double value)
    {
        if (Overflowed)
            return -1;
        var whole = (int)value;
        if (whole == value && (uint)whole < Direct)
        {
            var known = _direct[whole];
            return known > 0 ? known - 1 : Register(whole);
        }

        return _indexOf.TryGetValue(value, out var index) ? index : Register(value);
    }

    private int Register(double value)
    {
        if (Count == LabelProfile.MaxClasses)
        {
            GiveUp();
            return -1;
        }

        if (Count == _values.Length)
        {
            Array.Resize(ref _values, Count * 2);
            Array.Resize(ref _counts, Count * 2);
        }

        // Adding 0 makes -0 an ordinary 0.
        _values[Count] = value + 0.0;
        _counts[Count] = 0;
        if (value >= 0 && value < Direct && value == (int)value)
            _direct[(int)value] = Count + 1;
        else
            _indexOf[value] = Count;
        return Count++;
    }
}
