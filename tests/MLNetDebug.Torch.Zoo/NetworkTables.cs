using MLNetDebug.Torch.Zoo.AutoML;
using MLNetDebug.Torch.Zoo.Benchmarks;
using MLNetDebug.Torch.Zoo.Fuzz;
using MLNetDebug.Torch.Zoo.History;
using MLNetDebug.Torch.Zoo.Models;
using MLNetDebug.Torch.Zoo.Tables;
using MLNetDebug.Torch.Zoo.Trainers;
using MLNetDebug.Torch.Zoo.Training.Tables;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Torch.Zoo;

/// <summary>The tables that need libtorch; <c>MLNetDebug.Zoo</c> and <c>MLNetDebug.Benchmarks</c> hand their commands over to it.</summary>
internal static class NetworkTables
{
    // Programs that tests start, kill or see die are the same one, by commands that are no tables.
    public static int Run(string[] args) => args switch
    {
        [HistoryWriter.Command, _, _] => HistoryWriter.Run(args),
        [TrainerProcess.Command, _, _] => TrainerProcess.Run(args),
        [ScoreModel.Command, _, _] => ScoreModel.Run(args),
        [FuzzModel.Command, _, _] => FuzzModel.Run(args),
        _ => RunTable(args),
    };

    private static int RunTable(string[] args) => TableCommand.Run(args, new Dictionary<string, Func<TableArguments, IEnumerable<TableRow>>>
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
        ["sweep-steps"] = SweepSteps.Run,
        ["calibrate-sweep-steps"] = SweepSteps.RunCalibration,
        ["kill-trainer"] = KillTrainerCommand.Run,
        ["fuzz-model"] = FuzzModelCommand.Run,
        ["sweep"] = SweepCommand.Run,
        ["calibrate-sweep"] = SweepCommand.RunCalibration,
    }.Concat(GuardMemory.Commands).ToDictionary());
}
