namespace MLNetDebug.Data;

/// <summary>
/// Sorts sampled rows by value: a radix sort of 11 bits per pass that carries the row numbers along and skips digits in which all
/// values agree. The buffers serve one slot after the other.
/// </summary>
internal sealed class RowSorter
{
    private const int Bits = 11;
    private const int Buckets = 1 << Bits;

    private readonly int[] _counts = new int[6 * Buckets];
    private ulong[] _wide = [];
    private ulong[] _wideOther = [];
    private uint[] _keys = [];
    private uint[] _other = [];
    private int[] _rows = [];
    private int[] _rowsOther = [];
    private int[] _runs = [0];
    private int _runCount;

    /// <summary>Rows with a finite value (or a text) in ascending order.</summary>
    public ReadOnlySpan<int> Rows => _rows.AsSpan(0, Count);

    public int Count { get; private set; }

    /// <summary>Where each run of equal values begins in <see cref="Rows"/>, and at the end their number.</summary>
    public ReadOnlySpan<int> Runs => _runs.AsSpan(0, _runCount + 1);

    public int RunCount => _runCount;

    /// <summary>Sorts the rows of these values; those that are not finite are left out.</summary>
    public void Sort(float[] values)
    {
        Reserve(values.Length);
        SortSingles(values);
    }

    public void Sort(SampleColumn column)
    {
        Reserve(column.Count);
        if (column.Singles is not null)
            SortSingles(column.Singles);
        else if (column.Doubles is not null)
            SortWide(column.Doubles);
        else
            SortWide(column.Codes!);
    }

    private void Reserve(int rows)
    {
        if (_rows.Length >= rows)
            return;
        (_rows, _rowsOther, _runs) = (new int[rows], new int[rows], new int[rows + 1]);
    }

    private void SortSingles(float[] values)
    {
        if (_keys.Length < values.Length)
            (_keys, _other) = (new uint[values.Length], new uint[values.Length]);
        var counts = _counts.AsSpan();
        counts.Clear();
        var n = 0;
        for (var row = 0; row < values.Length; row++)
        {
            var bits = BitConverter.SingleToUInt32Bits(values[row]);
            if ((bits & 0x7F800000) == 0x7F800000)
                continue;
            // Flips the order of negative values, so that unsigned order is numeric order.
            var key = bits ^ ((uint)((int)bits >> 31) | 0x80000000);
            _keys[n] = key;
            _rows[n++] = row;
            counts[(int)(key & (Buckets - 1))]++;
            counts[Buckets + (int)((key >> Bits) & (Buckets - 1))]++;
            counts[(2 * Buckets) + (int)(key >> (2 * Bits))]++;
        }

        Count = n;
        for (var pass = 0; pass < 3; pass++)
        {
            var places = counts.Slice(pass * Buckets, Buckets);
            if (!ToPlaces(places, n))
                continue;
            var shift = pass * Bits;
            var (keys, other, rows, rowsOther) = (_keys, _other, _rows, _rowsOther);
            for (var i = 0; i < n; i++)
            {
                var key = keys[i];
                var place = places[(int)((key >> shift) & (Buckets - 1))]++;
                other[place] = key;
                rowsOther[place] = rows[i];
            }

            (_keys, _other, _rows, _rowsOther) = (other, keys, rowsOther, rows);
        }

        var runs = 0;
        for (var i = 0; i < n; i++)
        {
            if (i == 0 || _keys[i] != _keys[i - 1])
                _runs[runs++] = i;
        }

        EndRuns(runs);
    }

    private void SortWide(double[] values)
    {
        ReserveWide(values.Length);
        var n = 0;
        for (var row = 0; row < values.Length; row++)
        {
            if (!double.IsFinite(values[row]))
                continue;
            var bits = BitConverter.DoubleToUInt64Bits(values[row]);
            _wide[n] = bits ^ ((ulong)((long)bits >> 63) | 0x8000000000000000);
            _rows[n++] = row;
        }

        SortWide(n);
    }

    private void SortWide(ulong[] codes)
    {
        ReserveWide(codes.Length);
        var n = 0;
        for (var row = 0; row < codes.Length; row++)
        {
            if (codes[row] == 0)
                continue;
            _wide[n] = codes[row];
            _rows[n++] = row;
        }

        SortWide(n);
    }

    private void ReserveWide(int rows)
    {
        if (_wide.Length < rows)
            (_wide, _wideOther) = (new ulong[rows], new ulong[rows]);
    }

    private void SortWide(int n)
    {
        Count = n;
        var counts = _counts.AsSpan();
        counts.Clear();
        for (var i = 0; i < n; i++)
        {
            var key = _wide[i];
            for (var pass = 0; pass < 6; pass++)
                counts[(pass * Buckets) + (int)((key >> (pass * Bits)) & (Buckets - 1))]++;
        }

        for (var pass = 0; pass < 6; pass++)
        {
            var places = counts.Slice(pass * Buckets, Buckets);
            if (!ToPlaces(places, n))
                continue;
            var shift = pass * Bits;
            var (keys, other, rows, rowsOther) = (_wide, _wideOther, _rows, _rowsOther);
            for (var i = 0; i < n; i++)
            {
                var key = keys[i];
                var place = places[(int)((key >> shift) & (Buckets - 1))]++;
                other[place] = key;
                rowsOther[place] = rows[i];
            }

            (_wide, _wideOther, _rows, _rowsOther) = (other, keys, rowsOther, rows);
        }

        var runs = 0;
        for (var i = 0; i < n; i++)
        {
            if (i == 0 || _wide[i] != _wide[i - 1])
                _runs[runs++] = i;
        }

        EndRuns(runs);
    }

    private void EndRuns(int runs)
    {
        _runs[runs] = Count;
        _runCount = runs;
    }

    /// <summary>Turns counts into first places; false where one bucket holds everything and the pass would change nothing.</summary>
    private static bool ToPlaces(Span<int> counts, int n)
    {
        var next = 0;
        foreach (ref var count in counts)
        {
            if (count == n)
                return false;
            (count, next) = (next, next + count);
        }

        return true;
    }
}
