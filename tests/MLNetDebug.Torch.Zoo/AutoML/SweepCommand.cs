using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Tables;
using TorchSharp;

namespace MLNetDebug.Torch.Zoo.AutoML;

/// <summary>The tables of the guarded sweep over networks. One thread, so that every figure comes out again.</summary>
internal static class SweepCommand
{
    public static IEnumerable<TableRow> Run(TableArguments arguments) => Run(arguments, Split.Score);

    /// <summary>The same on the bases that margins may be set on.</summary>
    public static IEnumerable<TableRow> RunCalibration(TableArguments arguments) => Run(arguments, Split.Calibrate);

    private static IEnumerable<TableRow> Run(TableArguments arguments, Split split)
    {
        torch.set_num_threads(1);
        foreach (var row in arguments.Wants("6.bracket") ? BracketTable.Rows(arguments, split) : [])
            yield return row;
        foreach (var row in arguments.Wants("MLD501") ? BatchSizeTable.Rows(arguments, split) : [])
            yield return row;
        foreach (var row in split == Split.Score && arguments.Wants("6.dead-winners") ? DeadWinners.Rows(arguments) : [])
            yield return row;
    }
}
