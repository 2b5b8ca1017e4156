using System.ComponentModel.DataAnnotations;

namespace MLNetDebug;

/// <summary>The typed options of one rule. Ranges stand on the properties as <see cref="RangeAttribute"/>.</summary>
public abstract record RuleOptions;

/// <summary>Checks option records against the ranges their properties state.</summary>
internal static class OptionsValidation
{
    /// <summary>Throws where any property is out of its range, all errors in one message.</summary>
    /// <param name="options">The records to check.</param>
    /// <exception cref="ArgumentException">At least one value is out of range.</exception>
    public static void ThrowIfInvalid(params IEnumerable<object> options)
    {
        var errors = options.SelectMany(Errors).ToArray();
        if (errors.Length > 0)
            throw new ArgumentException("Invalid options: " + string.Join(" ", errors));
    }

    /// <summary>One sentence per property that is out of its range.</summary>
    /// <param name="record">The record to check.</param>
    public static List<string> Errors(object record)
    {
        var results = new List<ValidationResult>();
        Validator.TryValidateObject(record, new ValidationContext(record), results, validateAllProperties: true);
        return [.. results.Select(r => $"{record.GetType().Name}: {r.ErrorMessage}")];
    }
}
