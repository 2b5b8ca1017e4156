using System.Globalization;
using System.Reflection;

namespace MLNetDebug.Guards;

/// <summary>Reads options of a trainer that it does not show publicly.</summary>
internal static class HyperParameters
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>The learning rate; null where the trainer, and the one inside it, has none or keeps it where it is not looked for.</summary>
    public static double? LearningRate(object trainer) =>
        Number(Members.Read(trainer, "_learningRate")) ?? OptionsOf(trainer).Select(o => Number(Value(o, "LearningRate") ?? Value(o, "InitLearningRate"))).FirstOrDefault(r => r is not null)
        ?? (Members.Read(trainer, "Trainer") is { } inner ? LearningRate(inner) : null);

    /// <summary>The option records a trainer keeps.</summary>
    public static IEnumerable<object> OptionsOf(object trainer)
    {
        for (var type = trainer.GetType(); type is not null; type = type.BaseType)
        {
            foreach (var field in type.GetFields(Declared).Where(f => f.FieldType.Name.Contains("Options", StringComparison.Ordinal)))
            {
                if (field.GetValue(trainer) is { } options)
                    yield return options;
            }
        }
    }

    /// <summary>A public field or property by its name; null where it is not there.</summary>
    public static object? Value(object options, string name) =>
        options.GetType().GetField(name)?.GetValue(options) ?? (options.GetType().GetProperty(name) is { CanRead: true } property ? property.GetValue(options) : null);

    /// <summary>A number, or the first of a list of numbers; null for anything else.</summary>
    public static double? Number(object? value) => value switch
    {
        IReadOnlyList<double> list => list.Count > 0 ? list[0] : null,
        float or double or int or long or uint or short => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        _ => null,
    };
}
