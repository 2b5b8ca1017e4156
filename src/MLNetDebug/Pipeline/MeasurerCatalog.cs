using System.Reflection;

namespace MLNetDebug.Pipeline;

/// <summary>All measurers of this assembly, found by reflection as rules are: a measurer is in by being written.</summary>
internal static class MeasurerCatalog
{
    private static readonly ConstructorInfo[] Constructors =
    [
        .. typeof(MeasurerCatalog).Assembly.GetTypes()
            .Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(Measurer)))
            .Select(t => t.GetConstructor(Type.EmptyTypes)).OfType<ConstructorInfo>()
            .OrderBy(c => c.DeclaringType!.Name, StringComparer.Ordinal),
    ];

    /// <summary>Makes one of each measurer.</summary>
    public static IReadOnlyList<Measurer> Create() => [.. Constructors.Select(c => (Measurer)c.Invoke(null))];
}
