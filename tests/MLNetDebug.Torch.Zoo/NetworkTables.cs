using MLNetDebug.Torch.Zoo.Benchmarks;
using MLNetDebug.Torch.Zoo.Fuzz;
using MLNetDebug.Torch.Zoo.History;
using MLNetDebug.Torch.Zoo.Tables;
using MLNetDebug.Torch.Zoo.Trainers;
using MLNetDebug.Torch.Zoo.Training.Tables;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Torch.Zoo;

/// <summary>The tables that need libtorch; <c>MLNetDebug.Zoo</c> and <c>MLNetDebug.Benchmarks</c> hand their commands over to it.</summary>
internal static class NetworkTables
{
    // The programs that are killed are the same one, by commands that are no tables.
    public static int Run(string[] args) => args is [HistoryWriter.Command, _, _] ? HistoryWriter.Run(args) : args is [TrainerProcess.Command, _, _] ? TrainerProcess.Run(args) : TableCommand.Run(args, new Dictionary<string, Func<TableArguments, IEnumerable<TableRow>>>
    {
        ["network"] = NetworkCommand.Run,
        ["calibrate-network"] = NetworkCommand.RunCalibration,
        ["training"] = TrainingCommand.Run,
        ["calibrate-training"] = TrainingCommand.RunCalibration,
        ["network-check"] = CheckCost.Run,
        ["guard-overhead"] = GuardOverhead.Run,
        ["scoring-throughput"] = ScoringThroughput.Run,
        ["fuzz-network"] = FuzzNetworkCommand.Run,
        ["kill-history"] = KillHistoryCommand.Run,
        ["trainer-throughput"] = TrainerThroughput.Run,
        ["kill-trainer"] = KillTrainerCommand.Run,
    }.Concat(GuardMemory.Commands).ToDictionary());
}
