using MLNetDebug.Data;

namespace MLNetDebug.Guards;

/// <summary>A column that is absent or of a type the trainer does not take.</summary>
internal static class SchemaFailure
{
    public static FitFailure? Read(FailureContext context)
    {
        var mismatch = context.Says("Schema mismatch for");
        if (Column(context.Error.Message, isFirstQuoted: mismatch || context.Says("Could not find")) is not { } column)
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

    // Files that are not there are not found in the same words; and some trainers say it the other way round: Price column 'Label' not found.
    private static string? Column(string message, bool isFirstQuoted)
    {
        const string Word = " column '";
        var at = message.IndexOf(Word, StringComparison.Ordinal);
        var from = at + Word.Length;
        var to = at <= 0 ? -1 : message.IndexOf('\'', from);
        return to < 0 ? null : isFirstQuoted ? message[from..to] : message.AsSpan(to).StartsWith("' not found", StringComparison.Ordinal) ? message[..at] : null;
    }
}
