using Microsoft.ML;

namespace MLNetDebug.Data;

/// <summary>Fits a declaration to data that has only some of its columns, as hold-out data without labels.</summary>
internal static class DeclarationFit
{
    /// <summary>The declaration without the columns the data lacks, and those columns.</summary>
    public static (DataDeclaration Declaration, IReadOnlyList<string> Absent) To(DataViewSchema schema, DataDeclaration declared)
    {
        var absent = new List<string>();
        var fitted = declared with
        {
            Label = Present(declared.Label),
            Group = Present(declared.Group),
            Weight = Present(declared.Weight),
            Time = Present(declared.Time),
            Features = [.. declared.Features.Where(f => Present(f) is not null)],
        };
        return (fitted, absent);

        string? Present(string? column)
        {
            if (column is null || schema.GetColumnOrNull(column) is not null)
                return column;
            absent.Add(column);
            return null;
        }
    }
}
