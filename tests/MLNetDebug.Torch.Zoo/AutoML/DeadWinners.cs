using MLNetDebug.Zoo.Tables;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Zoo.AutoML;

/// <summary>How many sweeps crown a model that is dead, or no better than a constant answer: half the space diverges, its ends are absurd, and labels are NaN in one fold.</summary>
internal static class DeadWinners
{
    private const int Sweeps = 50;
    private const int QuickSweeps = 10;

    public static IEnumerable<TableRow> Rows(TableArguments arguments) => Rows(arguments.Quick ? QuickSweeps : Sweeps, arguments.Seed);

    /// <summary>The rows of some sweeps.</summary>
    public static IEnumerable<TableRow> Rows(int sweeps, int first)
    {
        set_num_threads(1);
        var (dead, unguarded, none) = (0, 0, 0);
        for (var seed = first; seed < first + sweeps; seed++)
        {
            var task = FoldedTask.Of(seed);
            var trials = new FoldedTrials(task, seed);
            var (guarded, other) = (trials.Guarded(), trials.Unguarded());
            none += guarded is null ? 1 : 0;
            dead += guarded is { } crowned && IsDeadOrTrivial(crowned, task) ? 1 : 0;
            unguarded += other is { } chosen && IsDeadOrTrivial(chosen, task) ? 1 : 0;
        }

        var (low, high) = TableRow.Wilson(dead, sweeps);
        yield return new TableRow("6.dead-winners", sweeps, dead, low * sweeps, high * sweeps, "sweeps whose winner is dead or trivial", "==", 0);
        yield return TableRow.Shown("6.dead-winners-unguarded", sweeps, unguarded, "sweeps whose winner is dead or trivial");
        // A sweep that crowned nothing would crown nothing dead either.
        yield return new TableRow("6.no-winner", sweeps, none, null, null, "sweeps that crowned nothing, though there was something to be crowned", "==", 0);
    }

    private static bool IsDeadOrTrivial(double error, FoldedTask task) => !double.IsFinite(error) || error >= task.Constant;
}
