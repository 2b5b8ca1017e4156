namespace MLNetDebug.Torch.Training;

/// <summary>A stream as lines of bytes.</summary>
internal sealed class LineReader(Stream stream)
{
    /// <summary>A longer line is an error: no step of any network fills it, and a file without lines shall not fill the memory.</summary>
    public const int MaxLength = 1 << 28;

    private byte[] _block = new byte[1 << 16];
    private int _start;
    private int _end;

    /// <summary>The number of the line that was read last, counted from 1.</summary>
    public long Number { get; private set; }

    /// <summary>Reads the next line, without its end; false behind the last.</summary>
    /// <param name="line">The line, valid until the next is read.</param>
    /// <param name="isWhole">False where the stream ended before the line did.</param>
    /// <exception cref="InvalidDataException">The line is longer than <see cref="MaxLength"/>.</exception>
    public bool TryRead(out ReadOnlyMemory<byte> line, out bool isWhole)
    {
        Number++;
        // How much of what is in hand holds no end of a line.
        var searched = 0;
        do
        {
            if (_block.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n') is var at and >= 0)
            {
                line = _block.AsMemory(_start, searched + at);
                _start += searched + at + 1;
                isWhole = true;
                return true;
            }

            searched = _end - _start;
        }
        while (Fill());

        line = _block.AsMemory(_start, _end - _start);
        _start = _end;
        isWhole = false;
        return line.Length > 0;
    }

    private bool Fill()
    {
        if (_end - _start > MaxLength)
            throw new InvalidDataException($"it is longer than {MaxLength >> 20} MB");
        if (_start > 0)
        {
            _block.AsSpan(_start, _end - _start).CopyTo(_block);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _block.Length)
            Array.Resize(ref _block, 2 * _block.Length);
        var read = stream.Read(_block, _end, _block.Length - _end);
        _end += read;
        return read > 0;
    }
}
