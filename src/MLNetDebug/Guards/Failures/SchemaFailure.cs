using MLNetDebug.Data;

namespace MLNetDebug.Guards;

/// <summary>A column that is absent or of a type the trainer does not take.</summary>
internal static class SchemaFailure
{
    public static FitFailure? Read(FailureContext context)
    {
        var mismatch = context.Says("Schema mismatch for");
        if (!mismatch && !context.Says("Could not find"))
            return null;
        var column = Quoted(context.Error.Message);
        if (column is null)
            return null;
        var there = context.Data is { } data ? $" The data has {Words.Names([.. data.Columns.Select(c => $"'{c.Name}' ({c.TypeText})")])}." : string.Empty;
        return new FitFailure(context.Error.Message)
        {
            Cause = mismatch ? $"Column '{column}' has another type than {context.Run.Trainer} takes.{there}" : $"There is no column '{column}'.{there}",
            Subject = Subject.Column(column),
            Advice =
            [
                mismatch
                    ? new Advice("Convert it before the trainer.", $".Append(ml.Transforms.Conversion.ConvertType({Words.Literal(column)}, outputKind: DataKind.Single)) // or MapValueToKey for classes")
                    : new Advice("Name the columns as the trainer expects them, or pass their names to the trainer.", $".Append(ml.Transforms.CopyColumns({Words.Literal(column)}, \"...\"))"),
            ],
        };
    }

    private static string? Quoted(string message)
    {
        var from = message.IndexOf('\'');
        var to = from < 0 ? -1 : message.IndexOf('\'', from + 1);
        return to < 0 ? null : message[(from + 1)..to];
    }
}
