namespace MLNetDebug.Torch.Training;

/// <summary>
/// A file that grows by whole pieces (lines, records). Pieces are gathered and handed to the operating system several at a time, in one write: a process that is killed leaves a file in which at most the
/// last piece is torn. What goes wrong is one <see cref="IOException"/> that says what and where.
/// </summary>
internal sealed class GrowingFile : IDisposable
{
    // So much is gathered at most, whatever number of pieces was asked for.
    private const int MaxGathered = 1 << 16;

    private readonly FileStream _stream;
    private readonly IDisposable _claim;
    private readonly int _flushEvery;
    private byte[] _gathered = new byte[MaxGathered / 4];
    private int _bytes;
    private int _pieces;
    private string? _failure;
    private bool _isClosed;

    private GrowingFile(string path, FileStream stream, IDisposable claim, int flushEvery) => (Path, _stream, _claim, _flushEvery) = (path, stream, claim, flushEvery);

    /// <summary>The file, in full.</summary>
    public string Path { get; }

    /// <summary>Opens a file at its end, its folder made where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mode"><see cref="FileMode.CreateNew"/> or <see cref="FileMode.OpenOrCreate"/>.</param>
    /// <param name="flushEvery">So many pieces are gathered at most.</param>
    /// <param name="prepare">Looks at what is there and cuts off what is torn.</param>
    public static GrowingFile Open(string path, FileMode mode, int flushEvery, Action<FileStream>? prepare = null)
    {
        var full = System.IO.Path.GetFullPath(path);
        IDisposable? claim = null;
        FileStream? stream = null;
        try
        {
            claim = FileClaim.Take(full);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full) ?? full);
            // Nothing is buffered twice; others may read, rename and delete meanwhile.
            stream = new FileStream(full, mode, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, bufferSize: 0);
            FileClaim.Lock(stream);
            prepare?.Invoke(stream);
            stream.Seek(0, SeekOrigin.End);
            return new GrowingFile(full, stream, claim, flushEvery);
        }
        catch (Exception failure)
        {
            stream?.Dispose();
            claim?.Dispose();
            if (failure is IOException or UnauthorizedAccessException or NotSupportedException)
                throw new IOException(Sentence("opened", full, failure), failure);
            throw;
        }
    }

    /// <summary>Adds a piece.</summary>
    /// <exception cref="IOException">The gathered pieces could not be written, now or before.</exception>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    public void Add(ReadOnlySpan<byte> piece)
    {
        ThrowIfUnusable();
        if (_bytes + piece.Length > _gathered.Length)
            Array.Resize(ref _gathered, Math.Max(2 * _gathered.Length, _bytes + piece.Length));
        piece.CopyTo(_gathered.AsSpan(_bytes));
        _bytes += piece.Length;
        if (++_pieces >= _flushEvery || _bytes >= MaxGathered)
            Flush();
    }

    /// <summary>Hands what is gathered to the operating system.</summary>
    /// <exception cref="IOException">It could not be written, now or before.</exception>
    /// <exception cref="ObjectDisposedException">The file is closed.</exception>
    public void Flush()
    {
        ThrowIfUnusable();
        if (_bytes == 0)
            return;
        var whole = _stream.Position;
        try
        {
            _stream.Write(_gathered, 0, _bytes);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            _failure = Sentence("written", Path, failure);
            CutTo(whole);
            throw new IOException(_failure, failure);
        }

        (_bytes, _pieces) = (0, 0);
        // One large piece is no reason to hold as much from now on.
        if (_gathered.Length > 16 * MaxGathered)
            _gathered = new byte[MaxGathered];
    }

    /// <summary>Writes what is gathered and closes the file, also where it cannot be written.</summary>
    /// <exception cref="IOException">What was gathered could not be written.</exception>
    public void Dispose()
    {
        if (_isClosed)
            return;
        try
        {
            if (_failure is null)
                Flush();
        }
        finally
        {
            _isClosed = true;
            _stream.Dispose();
            _claim.Dispose();
        }
    }

    // A write that a full disk ended half-way leaves a piece of a piece.
    private void CutTo(long length)
    {
        try
        {
            _stream.SetLength(length);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            // Readers take a torn end.
        }
    }

    private void ThrowIfUnusable()
    {
        ObjectDisposedException.ThrowIf(_isClosed, typeof(ITrainingHistory));
        if (_failure is not null)
            throw new IOException(_failure);
    }

    private static string Sentence(string what, string path, Exception failure) =>
        $"The history of the training run could not be {what} at '{path}': {failure.Message.TrimEnd('.')}. Give another path, on a disk with free space, that this process may write to.";
}
