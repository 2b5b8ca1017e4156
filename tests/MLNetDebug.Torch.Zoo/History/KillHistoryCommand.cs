using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Torch.Zoo.History;

/// <summary>
/// Kills a program that writes a history (SIGKILL: it cannot write a last word) at seeded moments, again and again over the same file, and reads what is left: in which files is another line or record than
/// the last unreadable? A kill rarely falls into a write; what one that does leaves is made by hand after some of the others, for the next start to mend.
/// </summary>
internal static class KillHistoryCommand
{
    private const int Kills = 50;
    private const int QuickKills = 10;

    // So many kills go over one file of JSON lines, which grows by some tens of megabytes a second.
    private const int KillsPerFile = 5;
    private const int LongestMilliseconds = 200;

    // One in so many kills may hit the program at any moment since its start, the cut of a torn line included; the others while it writes.
    private const int EarlyOneIn = 5;

    // After one in so many kills up to so many bytes of the last line are taken away.
    private const int TearOneIn = 3;
    private const int MostTaken = 100;

    public static IEnumerable<TableRow> Run(TableArguments arguments) => Rows(arguments.Quick ? QuickKills : Kills, arguments.Seed);

    /// <summary>The rows of some kills.</summary>
    public static IEnumerable<TableRow> Rows(int kills, int seed)
    {
        var left = new List<KilledFile>();
        var tornByHand = 0;
        for (var first = 0; first < kills; first += KillsPerFile)
        {
            var folder = Directory.CreateTempSubdirectory("history").FullName;
            try
            {
                var read = new HashSet<string>();
                for (var kill = first; kill < Math.Min(first + KillsPerFile, kills); kill++)
                {
                    Kill(folder, HashCode(seed, kill));
                    tornByHand += Tear(Path.Combine(folder, HistoryWriter.JsonLines), HashCode(seed, ~kill)) ? 1 : 0;
                    // The file of JSON lines is read after each kill, a file of TensorBoard's once: it is never gone on with.
                    left.AddRange(Directory.GetFiles(folder).Where(f => f.EndsWith(HistoryWriter.JsonLines, StringComparison.Ordinal) || read.Add(f)).Select(KilledFile.Read));
                }
            }
            finally
            {
                Directory.Delete(folder, true);
            }
        }

        foreach (var file in left.Where(f => f.Wrong is not null))
            Console.Error.WriteLine($"{file.Path}: {file.Wrong}");
        yield return new TableRow("4.history", kills, left.Count(f => f.Wrong is not null), null, null, "files", "==", 0);
        yield return TableRow.Shown("4.history-files", kills, left.Count, "files");
        yield return TableRow.Shown("4.history-torn-by-kill", kills, left.Count(f => f.IsTorn) - tornByHand, "files");
        yield return TableRow.Shown("4.history-torn-by-hand", kills, tornByHand, "files");
        yield return TableRow.Shown("4.history-pieces", kills, left.Sum(f => f.Pieces), "lines and records");
    }

    private static void Kill(string folder, int seed)
    {
        var random = new Random(seed);
        var isEarly = random.Next(EarlyOneIn) == 0;
        var delay = random.Next(LongestMilliseconds + 1);
        using var child = HistoryWriter.Start(folder, seed);
        if (!isEarly && child.StandardOutput.ReadLine() is not HistoryWriter.Ready)
            throw new InvalidOperationException($"The program that writes a history did not begin (seed {seed}).");
        Thread.Sleep(isEarly ? 2 * delay : delay);
        if (child.HasExited)
            throw new InvalidOperationException($"The program that writes a history ended by itself with code {child.ExitCode} (seed {seed}).");
        child.Kill();
        child.WaitForExit();
    }

    // Only where the kill has not torn the file itself: so that the two can be counted apart.
    private static bool Tear(string path, int seed)
    {
        var random = new Random(seed);
        if (random.Next(TearOneIn) != 0 || !File.Exists(path) || KilledFile.Read(path) is { IsTorn: true } or { Pieces: 0 })
            return false;
        using var file = new FileStream(path, FileMode.Open);
        file.SetLength(Math.Max(0, file.Length - random.Next(1, MostTaken)));
        if (file.Length == 0)
            return false;
        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() != '\n';
    }

    // Equal in every process, as System.HashCode is not.
    private static int HashCode(int seed, int kill) => unchecked((seed * 7919 + kill * 104729) & int.MaxValue);
}
