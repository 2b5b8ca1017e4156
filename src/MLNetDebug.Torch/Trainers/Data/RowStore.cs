using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using Microsoft.ML.Data;

namespace MLNetDebug.Torch.Trainers.Data;

/// <summary>
/// Rows that any order can read, taken in one pass over their source: in memory up to a limit, beyond it in a temporary file, so that memory stays bounded however long the source is. A row with
/// few numbers other than 0 is kept as those; where rows differ in length, their places take 8 bytes each, in memory. Filled by one thread; read by any.
/// </summary>
internal sealed class RowStore : IDisposable
{
    private const int HeaderBytes = sizeof(double) + sizeof(int);
    private const int Dense = -1;
    private const int UsualChunk = 1 << 24;

    private readonly int _slots;
    private readonly long _memoryLimit;
    private readonly int _chunkBytes;
    private readonly List<byte[]> _chunks = [];
    private readonly XxHash128 _hash = new();
    private readonly byte[] _row;
    private List<long>? _places;
    private int _rowBytes;
    private byte[] _filling = [];
    private int _filled;
    private int _sealed;
    private FileStream? _file;

    /// <param name="slots">Numbers of a row.</param>
    /// <param name="memoryLimit">Bytes kept in memory, to the next whole chunk.</param>
    /// <param name="chunkBytes">Bytes that are written and kept together.</param>
    public RowStore(int slots, long memoryLimit, int chunkBytes = UsualChunk)
    {
        (_slots, _memoryLimit) = (slots, memoryLimit);
        _row = new byte[HeaderBytes + (sizeof(float) * (long)slots)];
        _chunkBytes = Math.Max(chunkBytes, _row.Length);
    }

    /// <summary>Rows.</summary>
    public long Count { get; private set; }

    /// <summary>True where rows lie in a file.</summary>
    public bool IsSpilled => _file is not null;

    /// <summary>A hash of all rows in their order.</summary>
    public UInt128 Hash => _hash.GetCurrentHashAsUInt128();

    /// <summary>Takes the next row.</summary>
    /// <exception cref="IOException">The temporary file cannot be written.</exception>
    /// <exception cref="InvalidOperationException">The row has another number of features.</exception>
    public void Append(in VBuffer<float> features, double target)
    {
        if (features.Length != _slots)
            throw new InvalidOperationException($"Row {Count:N0} has {features.Length} features where the column declares {_slots}.");
        var values = features.GetValues();
        var isSparse = !features.IsDense && 2L * values.Length < _slots;
        var bytes = HeaderBytes + (isSparse ? values.Length * (sizeof(int) + sizeof(float)) : _slots * sizeof(float));
        var row = _row.AsSpan(0, bytes);
        BinaryPrimitives.WriteDoubleLittleEndian(row, target);
        BinaryPrimitives.WriteInt32LittleEndian(row[sizeof(double)..], isSparse ? values.Length : Dense);
        var payload = row[HeaderBytes..];
        if (isSparse)
        {
            MemoryMarshal.AsBytes(features.GetIndices()).CopyTo(payload);
            MemoryMarshal.AsBytes(values).CopyTo(payload[(values.Length * sizeof(int))..]);
        }
        else
        {
            features.CopyTo(MemoryMarshal.Cast<byte, float>(payload));
        }

        Place(row);
    }

    /// <summary>Ends filling.</summary>
    public void Complete()
    {
        if (_file is not null && _filled > 0)
            Seal();
        _filling = [];
    }

    /// <summary>Reads a row.</summary>
    /// <param name="row">Its number.</param>
    /// <param name="into">Takes its numbers.</param>
    /// <returns>Its target.</returns>
    public double Read(long row, Span<float> into)
    {
        var (chunk, offset) = Find(row);
        if (chunk < _chunks.Count)
            return Read(_chunks[chunk].AsSpan(offset), into);
        var rented = ArrayPool<byte>.Shared.Rent(_row.Length);
        try
        {
            var length = Fetch(chunk, offset, rented.AsSpan(0, Math.Min(_row.Length, _chunkBytes - offset)));
            return Read(rented.AsSpan(0, length), into);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Reads a row's target alone.</summary>
    public double Target(long row)
    {
        var (chunk, offset) = Find(row);
        if (chunk < _chunks.Count)
            return BinaryPrimitives.ReadDoubleLittleEndian(_chunks[chunk].AsSpan(offset));
        Span<byte> target = stackalloc byte[sizeof(double)];
        Fetch(chunk, offset, target);
        return BinaryPrimitives.ReadDoubleLittleEndian(target);
    }

    public void Dispose()
    {
        _file?.Dispose();
        _chunks.Clear();
    }

    private static double Read(ReadOnlySpan<byte> row, Span<float> into)
    {
        var count = BinaryPrimitives.ReadInt32LittleEndian(row[sizeof(double)..]);
        var payload = row[HeaderBytes..];
        if (count == Dense)
        {
            MemoryMarshal.Cast<byte, float>(payload[..(into.Length * sizeof(float))]).CopyTo(into);
        }
        else
        {
            into.Clear();
            var indices = MemoryMarshal.Cast<byte, int>(payload[..(count * sizeof(int))]);
            var values = MemoryMarshal.Cast<byte, float>(payload.Slice(count * sizeof(int), count * sizeof(float)));
            for (var i = 0; i < count; i++)
                into[indices[i]] = values[i];
        }

        return BinaryPrimitives.ReadDoubleLittleEndian(row);
    }

    private void Place(ReadOnlySpan<byte> row)
    {
        if (_filling.Length == 0 || _filled + row.Length > _chunkBytes)
        {
            if (_filling.Length > 0)
                Seal();
            // The last chunk of a file is written and then filled anew.
            if (_filling.Length == 0)
                _filling = new byte[_chunkBytes];
            _filled = 0;
        }

        var place = ((long)_sealed * _chunkBytes) + _filled;
        if (Count == 0)
            _rowBytes = row.Length;
        else if (_places is null && row.Length != _rowBytes)
            _places = [.. Enumerable.Range(0, checked((int)Count)).Select(i => PlaceOf(i))];
        _places?.Add(place);
        row.CopyTo(_filling.AsSpan(_filled));
        if (_file is null && _filled == 0)
            _chunks.Add(_filling);
        _filled += row.Length;
        _hash.Append(row);
        Count++;
    }

    private void Seal()
    {
        if (_file is null)
        {
            // What is full stays where it is; the next one goes to the file where memory is used up.
            _filling = [];
            if ((long)_chunks.Count * _chunkBytes >= _memoryLimit)
                _file = Open();
        }
        else
        {
            Write(_filling.AsSpan(0, _filled));
        }

        _sealed++;
    }

    private void Write(ReadOnlySpan<byte> chunk)
    {
        try
        {
            RandomAccess.Write(_file!.SafeFileHandle, chunk, (long)(_sealed - _chunks.Count) * _chunkBytes);
        }
        catch (IOException e)
        {
            throw NoRoom(e);
        }
    }

    private FileStream Open()
    {
        var path = Path.Combine(Path.GetTempPath(), $"mlnetdebug-rows-{Guid.NewGuid():N}");
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Delete, BufferSize = 0, Options = FileOptions.DeleteOnClose | FileOptions.RandomAccess };
            // The rows are the user's alone.
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            var file = new FileStream(path, options);
            // A process that is killed closes nothing; a file without a name goes with it.
            if (!OperatingSystem.IsWindows())
                File.Delete(path);
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NoRoom(e);
        }
    }

    private IOException NoRoom(Exception e) => new(
        $"The training rows ({Count:N0} so far) do not fit into '{Path.GetTempPath()}', where those beyond the memory limit of {_memoryLimit:N0} bytes are kept: {e.Message} Free space there, or raise {nameof(TorchTrainerOptions.MemoryLimit)}.", e);

    private int Fetch(int chunk, int offset, Span<byte> into) => RandomAccess.Read(_file!.SafeFileHandle, into, ((long)(chunk - _chunks.Count) * _chunkBytes) + offset);

    private (int Chunk, int Offset) Find(long row)
    {
        var place = _places is null ? PlaceOf(row) : _places[checked((int)row)];
        return ((int)(place / _chunkBytes), (int)(place % _chunkBytes));
    }

    private long PlaceOf(long row)
    {
        var perChunk = _chunkBytes / _rowBytes;
        return ((row / perChunk) * _chunkBytes) + (row % perChunk * _rowBytes);
    }
}
