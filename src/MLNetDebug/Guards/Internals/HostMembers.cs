using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.ML.Runtime;

namespace MLNetDebug.Guards;

/// <summary>
/// The members of an ML.NET host that a guard needs and that are not public. Looked up once per host type; what a version does not have is named in
/// <see cref="Missing"/>, and what needs it is then reported as not observable.
/// </summary>
internal sealed class HostMembers
{
    private static readonly ConcurrentDictionary<Type, HostMembers> ByType = new();

    private HostMembers(Type host)
    {
        var members = new Members();
        Cancel = members.Method(Array.Find(host.GetInterfaces(), i => i.Name == "ICancelable") ?? host, "CancelExecution", 0);
        IsCanceled = members.Property(host, "IsCanceled");
        AddListener = Listener(members, host, "AddListener");
        RemoveListener = Listener(members, host, "RemoveListener");
        Source = AddListener?.GetParameters()[0].ParameterType.GetGenericArguments()[0];
        SourceName = members.Property(Source, "FullName");
        Progress = new ProgressMembers(members, members.Field(host, "ProgressTracker"));
        Missing = members.Missing;
    }

    /// <summary>Ends every loop of a host that asks whether it is alive.</summary>
    public MethodInfo? Cancel { get; }

    public PropertyInfo? IsCanceled { get; }

    public MethodInfo? AddListener { get; }

    public MethodInfo? RemoveListener { get; }

    /// <summary>What a listener is told of a message's source.</summary>
    public Type? Source { get; }

    public PropertyInfo? SourceName { get; }

    public ProgressMembers Progress { get; }

    /// <summary>Members this version of ML.NET lacks; empty where everything is observable.</summary>
    public IReadOnlyList<string> Missing { get; }

    public static HostMembers Of(Type host) => ByType.GetOrAdd(host, t => new HostMembers(t));

    /// <summary>The listener a host takes, made of one that needs no internal type.</summary>
    public Delegate? ToListener(Action<string, ChannelMessage> listener)
    {
        if (Source is null || SourceName is null)
            return null;
        var source = Expression.Parameter(Source);
        var message = Expression.Parameter(typeof(ChannelMessage));
        var call = Expression.Invoke(Expression.Constant(listener), Expression.Property(source, SourceName), message);
        return Expression.Lambda(typeof(Action<,>).MakeGenericType(Source, typeof(ChannelMessage)), call, source, message).Compile();
    }

    private static MethodInfo? Listener(Members members, Type host, string name)
    {
        var generic = members.Method(host, name, 1, m => m.IsGenericMethodDefinition);
        return generic?.MakeGenericMethod(typeof(ChannelMessage));
    }
}
