using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MLNetDebug.Zoo.Tables;

/// <summary>What a table command was asked for.</summary>
/// <param name="Command">The command's name.</param>
/// <param name="Quick">True for the short form (under 10 minutes on 2 cores).</param>
/// <param name="JsonPath">Where to write the rows; null where nowhere.</param>
/// <param name="Seed">The seed of everything random.</param>
/// <param name="Only">Runs only the sections whose name contains this text; null for all.</param>
internal sealed record TableArguments(string Command, bool Quick = false, string? JsonPath = null, int Seed = 1, string? Only = null)
{
    /// <summary>True where a section was asked for.</summary>
    public bool Wants(string section) => Only is null || section.Contains(Only, StringComparison.OrdinalIgnoreCase);

    /// <summary>Parses a command line.</summary>
    public static bool TryParse(string[] args, [NotNullWhen(true)] out TableArguments? parsed, out string? error)
    {
        parsed = null;
        error = args.Length == 0 ? "No command was given." : null;
        if (error is not null)
            return false;
        var result = new TableArguments(args[0]);
        for (var i = 1; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : null;
            switch (args[i])
            {
                case "--quick":
                    result = result with { Quick = true };
                    break;
                case "--json" when value is not null:
                    result = result with { JsonPath = value };
                    i++;
                    break;
                case "--only" when value is not null:
                    result = result with { Only = value };
                    i++;
                    break;
                case "--seed" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed):
                    result = result with { Seed = seed };
                    i++;
                    break;
                default:
                    error = $"'{args[i]}' is not understood, or its value is missing.";
                    return false;
            }
        }

        parsed = result;
        return true;
    }
}
