using MLNetDebug.Zoo.Tables;

// Each benchmark class adds its rows here: "data-pass" = [.. ProfileBenchmarks.Run(a.Quick), .. SplitBenchmarks.Run(a.Quick), ...]
return TableCommand.Run(args, new Dictionary<string, Func<TableArguments, IEnumerable<TableRow>>>
{
    ["data-pass"] = _ => [],
});
