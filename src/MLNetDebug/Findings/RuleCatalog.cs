using System.Collections.Concurrent;
using System.Reflection;

namespace MLNetDebug;

/// <summary>All rules of an assembly, found by reflection: a rule is in by being written.</summary>
internal static class RuleCatalog
{
    private static readonly ConcurrentDictionary<Assembly, Type[]> Types = new();

    /// <summary>Makes one of each rule of the core.</summary>
    /// <param name="options">Options of rules that shall not run with their defaults; at most one record per rule.</param>
    /// <exception cref="ArgumentException">Options that no rule takes, or two for one rule.</exception>
    public static IReadOnlyList<Rule> Create(IEnumerable<RuleOptions>? options = null) => Create(typeof(RuleCatalog).Assembly, options);

    /// <summary>Makes one of each rule of an assembly.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="options">Options of rules that shall not run with their defaults; at most one record per rule.</param>
    /// <exception cref="ArgumentException">Options that no rule takes, or two for one rule.</exception>
    public static IReadOnlyList<Rule> Create(Assembly assembly, IEnumerable<RuleOptions>? options = null)
    {
        var left = new Dictionary<Type, RuleOptions>();
        foreach (var option in options ?? [])
        {
            if (!left.TryAdd(option.GetType(), option))
                throw new ArgumentException($"Two {option.GetType().Name} were given; a rule takes one.", nameof(options));
        }

        var rules = Types.GetOrAdd(assembly, TypesOf).Select(type => Create(type, left)).OrderBy(r => r.Descriptor.Id, StringComparer.Ordinal).ToArray();
        if (left.Count > 0)
            throw new ArgumentException($"No rule takes {string.Join(", ", left.Keys.Select(t => t.Name))}.", nameof(options));
        return rules;
    }

    private static Type[] TypesOf(Assembly assembly) =>
        [.. assembly.GetTypes().Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(Rule))).OrderBy(t => t.Name, StringComparer.Ordinal)];

    private static Rule Create(Type type, Dictionary<Type, RuleOptions> options)
    {
        var constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.Instance).Single();
        var parameter = constructor.GetParameters().SingleOrDefault();
        if (parameter is null)
            return (Rule)constructor.Invoke(null);
        var given = options.Remove(parameter.ParameterType, out var option) ? option : null;
        return (Rule)constructor.Invoke([given]);
    }
}
