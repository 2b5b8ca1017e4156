using MLNetDebug.Torch.Zoo.Benchmarks;
using MLNetDebug.Torch.Zoo.Fuzz;
using MLNetDebug.Torch.Zoo.Tables;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Torch.Zoo;

/// <summary>The tables that need libtorch; <c>MLNetDebug.Zoo</c> and <c>MLNetDebug.Benchmarks</c> hand their commands over to it.</summary>
internal static class NetworkTables
{
    public static int Run(string[] args) => TableCommand.Run(args, new Dictionary<string, Func<TableArguments, IEnumerable<TableRow>>>
    {
        ["network"] = NetworkCommand.Run,
        ["calibrate-network"] = NetworkCommand.RunCalibration,
        ["mending"] = a => Mending.MendTable.Run(a),
        ["calibrate-mending"] = a => Mending.MendTable.Run(a, MLNetDebug.Zoo.Bases.Split.Calibrate),
        ["network-check"] = CheckCost.Run,
        ["fuzz-network"] = FuzzNetworkCommand.Run,
    });
}
