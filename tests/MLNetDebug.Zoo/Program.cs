using MLNetDebug.Zoo.DataTables;
using MLNetDebug.Zoo.Fuzz;
using MLNetDebug.Zoo.Tables;

return TableCommand.Run(args, new Dictionary<string, Func<TableArguments, IEnumerable<TableRow>>>
{
    ["data"] = DataCommand.Run,
    ["calibrate-data"] = DataCommand.RunCalibration,
    ["fuzz-data"] = FuzzCommand.Run,
});
