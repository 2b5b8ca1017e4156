using MLNetDebug.Zoo.Tables;

return TableCommand.Run(args, new Dictionary<string, Func<TableArguments, IEnumerable<TableRow>>>
{
    ["data"] = _ => [],
    ["fuzz-data"] = _ => [],
});
