using System.Globalization;
using System.Reflection;

namespace MLNetDebug.Guards;

/// <summary>Reads options of a trainer that it does not show publicly.</summary>
internal static class HyperParameters
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly string[] Penalty = ["L1Regularization", "L2Regularization", "Lambda"];

    /// <summary>The learning rate; null where the trainer, and the one inside it, has none or keeps it where it is not looked for.</summary>
    public static double? LearningRate(object trainer) =>
        Number(Members.Read(trainer, "_learningRate")) ?? OptionsOf(trainer).Select(o => Number(Value(o, "LearningRate") ?? Value(o, "InitLearningRate"))).FirstOrDefault(r => r is not null)
        ?? (Members.Read(trainer, "Trainer") is { } inner ? LearningRate(inner) : null);

    /// <summary>The penalties on weights that are above 0, by the names of their options; those of the trainer inside where it has none itself.</summary>
    public static IReadOnlyList<NamedValue> Penalties(object trainer)
    {
        var own = OptionsOf(trainer).SelectMany(o => Penalty.Select(n => (Name: n, Value: Number(Value(o, n))))).Where(p => p.Value > 0).Select(p => new NamedValue(p.Name, p.Value!.Value)).Distinct().ToArray();
        return own.Length > 0 || Members.Read(trainer, "Trainer") is not { } inner ? own : Penalties(inner);
    }

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
