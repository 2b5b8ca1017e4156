using System.Reflection;

namespace MLNetDebug.Guards;

/// <summary>Looks up members that are not public, and keeps the names of those that are not there.</summary>
internal sealed class Members
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private readonly List<string> _missing = [];

    /// <summary>What was looked for in vain, such as <c>ProgressTracker._infos</c>.</summary>
    public IReadOnlyList<string> Missing => _missing;

    /// <summary>A field of a type or its bases.</summary>
    public FieldInfo? Field(Type? type, string name) => Noted(Chain(type).Select(t => t.GetField(name, Declared)).FirstOrDefault(f => f is not null), type, name);

    /// <summary>A property of a type or its bases.</summary>
    public PropertyInfo? Property(Type? type, string name) => Noted(Chain(type).Select(t => t.GetProperty(name, Declared)).FirstOrDefault(p => p is not null), type, name);

    /// <summary>The first method of a name that a type or its bases declare, by its number of parameters.</summary>
    public MethodInfo? Method(Type? type, string name, int parameters, Func<MethodInfo, bool>? where = null) =>
        Noted(Chain(type).SelectMany(t => t.GetMethods(Declared)).FirstOrDefault(m => m.Name == name && m.GetParameters().Length == parameters && where?.Invoke(m) != false), type, name);

    /// <summary>The value of a field, wherever it is declared; null where it is not there. Nothing is noted.</summary>
    public static object? Read(object? owner, string field) =>
        owner is null ? null : Chain(owner.GetType()).Select(t => t.GetField(field, Declared)).FirstOrDefault(f => f is not null)?.GetValue(owner);

    private static IEnumerable<Type> Chain(Type? type)
    {
        for (; type is not null; type = type.BaseType)
            yield return type;
    }

    private T? Noted<T>(T? found, Type? type, string name)
        where T : class =>
        type is null ? null : Noted(found, $"{type.Name.Split('`')[0]}.{name}");

    private T? Noted<T>(T? found, string name)
        where T : class
    {
        if (found is null)
            _missing.Add(name);
        return found;
    }
}
