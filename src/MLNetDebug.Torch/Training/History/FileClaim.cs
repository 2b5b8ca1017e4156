namespace MLNetDebug.Torch.Training;

/// <summary>
/// Keeps two histories off one file: each would write where it thinks the end is. Windows does so by the file's own sharing; elsewhere sharing is advice, so that paths are claimed within a process and files
/// locked between processes.
/// </summary>
internal sealed class FileClaim : IDisposable
{
    // EAGAIN and EACCES: what a lock that another process holds is answered with. A file system that knows no locks answers otherwise, and is written to without.
    private const int TryAgain = 11;
    private const int AccessDenied = 13;

    private static readonly HashSet<string> Taken = [];

    private readonly string _path;

    private FileClaim(string path) => _path = path;

    /// <summary>Claims a full path within this process.</summary>
    public static FileClaim Take(string path)
    {
        lock (Taken)
            return Taken.Add(path) ? new FileClaim(path) : throw new IOException("another history of this process writes to it");
    }

    /// <summary>Locks an opened file against other processes; the lock ends with the file's handle or with the process, however that ends.</summary>
    public static void Lock(FileStream stream)
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            // 0 is: to the end, wherever that will be.
            stream.Lock(0, 0);
        }
        catch (IOException refusal) when (refusal.HResult is TryAgain or AccessDenied)
        {
            throw new IOException("another process writes to it", refusal);
        }
        catch (IOException)
        {
        }
    }

    public void Dispose()
    {
        lock (Taken)
            Taken.Remove(_path);
    }
}
