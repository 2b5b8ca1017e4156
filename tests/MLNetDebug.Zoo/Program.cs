using MLNetDebug.Zoo.DataTables;
using MLNetDebug.Zoo.Fuzz;
using MLNetDebug.Zoo.GuardTables;
using MLNetDebug.Zoo.Studies;
using MLNetDebug.Zoo.Tables;

// "docs FILE [FOLDER]" writes the rows of a table into the rules' pages; everything else is a table.
if (args is ["docs", var json, .. var folder])
{
    Console.WriteLine($"{RulePages.Write(json, folder is [var pages] ? pages : Path.Combine("docs", "rules"))} pages");
    return 0;
}

// One of the programs that "kill-sweep" kills.
if (args is [SweepWorker.Command, ..])
    return SweepWorker.Run(args);

// The tables of networks are those of another program.
if (TorchTables.TryRun(args, TorchTables.Zoo) is { } code)
    return code;

return TableCommand.Run(args, new Dictionary<string, Func<TableArguments, IEnumerable<TableRow>>>
{
    ["data"] = DataCommand.Run,
    ["calibrate-data"] = DataCommand.RunCalibration,
    ["fuzz-data"] = FuzzCommand.Run,
    ["fuzz-guard"] = FuzzCommand.RunGuard,
    ["guard"] = GuardCommand.Run,
    ["calibrate-guard"] = GuardCommand.RunCalibration,
    ["kill-sweep"] = KillSweepCommand.Run,
});
