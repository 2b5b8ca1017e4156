using System.Globalization;

namespace MLNetDebug.Torch.Trainers.Checkpoints;

/// <summary>The checkpoints of one training: the last two, in a folder of its own, which one process uses at a time.</summary>
internal sealed class CheckpointFolder : IDisposable
{
    private const string Extension = ".checkpoint";

    private readonly string _path;
    private readonly FileStream _lock;
    private readonly List<(string File, string Why)> _damaged = [];
    private long _number;

    private CheckpointFolder(string path, FileStream held) => (_path, _lock) = (path, held);

    /// <summary>Checkpoints that were damaged and passed over, and why.</summary>
    public IReadOnlyList<string> Damaged => [.. _damaged.Select(Words)];

    /// <summary>Opens the folder of a training.</summary>
    /// <param name="root">The folder the user named.</param>
    /// <param name="fingerprint">What tells this training from others.</param>
    /// <exception cref="IOException">It cannot be made, or another process trains in it.</exception>
    public static CheckpointFolder Open(string root, UInt128 fingerprint)
    {
        var path = Path.GetFullPath(Path.Combine(root, fingerprint.ToString("x32", CultureInfo.InvariantCulture)));
        try
        {
            Directory.CreateDirectory(path);
            return new CheckpointFolder(path, new FileStream(Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new IOException($"The folder of checkpoints '{path}' cannot be used: {e.Message} If another process runs the same training, wait for it or give this one another {nameof(TorchTrainerOptions.CheckpointFolder)}.", e);
        }
    }

    /// <summary>Puts a training to its last good checkpoint; null where there is none yet.</summary>
    /// <exception cref="IOException">There are checkpoints, and all of them are damaged.</exception>
    public LoopPosition? Resume(RunImage image)
    {
        var files = Files();
        _number = files.Length > 0 ? Number(files[0]) : 0;
        foreach (var file in files)
        {
            try
            {
                var position = CheckpointFile.Read(file, image);
                SetAside();
                return position;
            }
            catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                _damaged.Add((file, e.Message));
            }
        }

        return files.Length == 0 ? null : throw new IOException($"No checkpoint in '{_path}' is whole: {string.Join("; ", Damaged)}. Delete the folder to train from the start.");
    }

    /// <summary>Writes a checkpoint, and deletes those before the last two.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(RunImage image, LoopPosition position)
    {
        CheckpointFile.Write(Path.Combine(_path, (++_number).ToString("D10", CultureInfo.InvariantCulture) + Extension), image, position);
        foreach (var old in Files().Skip(2))
            Try(() => File.Delete(old));
    }

    public void Dispose() => _lock.Dispose();

    private static string Words((string File, string Why) damaged) => $"{damaged.File}: {damaged.Why}";

    /// <summary>What is damaged must not count as one of the two that are kept.</summary>
    private void SetAside()
    {
        foreach (var (file, _) in _damaged)
            Try(() => File.Move(file, file + ".damaged", overwrite: true));
    }

    // An old file that cannot be touched is no reason to end a training.
    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static long Number(string file) => long.Parse(Path.GetFileNameWithoutExtension(file), CultureInfo.InvariantCulture);

    // The newest first; files of other names are none of ours.
    private string[] Files() =>
    [
        .. Directory.GetFiles(_path, "*" + Extension)
            .Where(f => long.TryParse(Path.GetFileNameWithoutExtension(f), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            .OrderByDescending(Number),
    ];
}
