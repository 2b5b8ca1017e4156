using Microsoft.ML;
using MLNetDebug.Benchmarks;
using MLNetDebug.Zoo.Tables;

// The benchmarks of networks are those of another program, where the zoo's table of sweeps has the name already.
if (args is ["sweep", ..])
    args = ["sweep-steps", .. args[1..]];
if (TorchTables.TryRun(args, TorchTables.Benchmarks) is { } code)
    return code;

return TableCommand.Run(args, new Dictionary<string, Func<TableArguments, IEnumerable<TableRow>>>
{
    ["data-pass"] = a =>
        [.. ProfileBenchmarks.Run(a.Quick), .. LabelBenchmarks.Run(a.Quick), .. SplitBenchmarks.Run(a.Quick), .. OrderBenchmarks.Run(a.Quick)],
    ["split-report"] = a => SplitBenchmarks.Run(a.Quick),
    [SplitBenchmarks.MemoryCommand] = _ => SplitBenchmarks.Memory(),
    ["order"] = a => OrderBenchmarks.Run(a.Quick),
    ["guard-cost"] = GuardBenchmarks.Run,
    ["guard"] = a => [.. GuardBenchmarks.Run(a), .. CancelBenchmarks.Run(a)],
    ["cancel"] = a => CancelBenchmarks.Run(a),
    ["profile-cached"] = a => ProfileBenchmarks.Cached(new MLContext(1), a.Quick ? 5 : 15),
    [ProfileMemory.SmallCommand] = _ => ProfileMemory.Peak(100_000),
    [ProfileMemory.LargeCommand] = _ => ProfileMemory.Peak(10_000_000),
});
