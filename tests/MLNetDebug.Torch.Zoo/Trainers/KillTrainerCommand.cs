using System.Diagnostics;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Torch.Zoo.Trainers;

/// <summary>
/// Kills trainings (SIGKILL: they cannot write a last word) at seeded moments, one in three twice, lets a new process go on from what is left, and compares the bits of the weights with those of a training
/// that nobody killed.
/// </summary>
internal static class KillTrainerCommand
{
    private const int Kills = 50;
    private const int QuickKills = 10;

    public static IEnumerable<TableRow> Run(TableArguments arguments) => Rows(arguments.Quick ? QuickKills : Kills, arguments.Seed);

    /// <summary>The rows of some kills.</summary>
    public static IEnumerable<TableRow> Rows(int kills, int seed)
    {
        var whole = new Dictionary<int, (string Bits, double Milliseconds)>();
        var (equal, resumed, killed) = (0, 0, 0);
        for (var kill = 0; kill < kills; kill++)
        {
            var plan = kill % TrainerPlan.All.Count;
            if (!whole.TryGetValue(plan, out var expected))
                whole[plan] = expected = Whole(plan);
            var folder = Directory.CreateTempSubdirectory("trainer").FullName;
            try
            {
                var random = new Random(unchecked((seed * 7919) + (kill * 104729)));
                for (var times = random.Next(3) == 0 ? 2 : 1; times > 0; times--)
                    killed += Kill(plan, folder, random.NextDouble() * expected.Milliseconds) ? 1 : 0;
                resumed += Directory.GetFiles(folder, "*.checkpoint", SearchOption.AllDirectories).Length > 0 ? 1 : 0;
                using var last = TrainerProcess.Start(plan, folder);
                var bits = TrainerProcess.Bits(last);
                equal += bits == expected.Bits ? 1 : 0;
                if (bits != expected.Bits)
                    Console.Error.WriteLine($"kill {kill}, '{TrainerPlan.All[plan].Name}': {bits} in place of {expected.Bits}");
            }
            finally
            {
                Directory.Delete(folder, true);
            }
        }

        yield return new TableRow("5.kill", kills, (double)equal / kills, TableRow.Wilson(equal, kills).Low, TableRow.Wilson(equal, kills).High, "of the trainings bit-equal to one never killed", "==", 1);
        yield return new TableRow("5.kill-resumed", kills, resumed, null, null, "trainings that had a checkpoint to go on from", ">=", kills / 3);
        yield return TableRow.Shown("5.kill-hit", kills, killed, "kills that fell before the end");
    }

    private static (string Bits, double Milliseconds) Whole(int plan)
    {
        using var child = TrainerProcess.Start(plan, null);
        var started = Stopwatch.GetTimestamp();
        var bits = TrainerProcess.Bits(child);
        return (bits, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }

    private static bool Kill(int plan, string folder, double milliseconds)
    {
        using var child = TrainerProcess.Start(plan, folder);
        Thread.Sleep((int)milliseconds);
        var isHit = !child.HasExited;
        child.Kill();
        child.WaitForExit();
        return isHit;
    }
}
