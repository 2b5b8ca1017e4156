using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>
/// Listens to the calls of any module TorchSharp can hook, whatever its inputs and outputs. Nothing fires where a parent calls <c>forward</c> instead of <c>call</c>.
/// </summary>
internal static class ModuleHooks
{
    private delegate Action Listen(nn.Module module, Func<object?[], object?[]?> before, Func<object?, object?> after);

    private static readonly ConcurrentDictionary<Type, Listen?> Listeners = new();

    private static readonly MethodInfo[] ByInputs =
    [
        .. new[] { nameof(One), nameof(Two), nameof(Three), nameof(Four), nameof(Five), nameof(Six) }
            .Select(name => typeof(ModuleHooks).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!),
    ];

    /// <summary>True where the module can be called, and so be listened to.</summary>
    public static bool CanListen(nn.Module module) => ListenerOf(module.GetType()) is not null;

    /// <summary>Listens to a module until the returned action is called. Every argument and every return is handed on untouched.</summary>
    /// <param name="module">The module.</param>
    /// <param name="before">Is given the arguments of each call.</param>
    /// <param name="after">Is given what each call returned.</param>
    /// <returns>Takes the hooks away; null where the module cannot be called.</returns>
    public static Action? On(nn.Module module, Action<object?[]> before, Action<object?> after) => Through(module, Heard(before), Heard(after));

    /// <summary>Stands between a module and its callers until the returned action is called.</summary>
    /// <param name="module">The module.</param>
    /// <param name="before">Is given the arguments of each call and returns those that the module shall get, of the same types; null leaves them.</param>
    /// <param name="after">Is given what each call returned and returns what the caller shall get, of the same type.</param>
    /// <returns>Takes the hooks away; null where the module cannot be called.</returns>
    public static Action? Through(nn.Module module, Func<object?[], object?[]?> before, Func<object?, object?> after) => ListenerOf(module.GetType())?.Invoke(module, before, after);

    /// <summary>The tensors in an argument or a return: itself, or those in its tuples and lists.</summary>
    public static IEnumerable<Tensor> Tensors(object? value) => value switch
    {
        Tensor tensor => [tensor],
        ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(i => Tensors(tuple[i])),
        IEnumerable<Tensor> tensors => tensors,
        _ => [],
    };

    /// <summary>The same argument or return with each of its tensors replaced; what is neither a tensor, nor a tuple of up to seven, nor an array or list of tensors stays as it is.</summary>
    public static object? Map(object? value, Func<Tensor, Tensor> by) => value switch
    {
        Tensor tensor => by(tensor),
        ITuple { Length: > 0 and < 8 } tuple => Activator.CreateInstance(tuple.GetType(), [.. Enumerable.Range(0, tuple.Length).Select(i => Map(tuple[i], by))]),
        Tensor[] tensors => Array.ConvertAll(tensors, t => by(t)),
        List<Tensor> tensors => tensors.ConvertAll(t => by(t)),
        _ => value,
    };

    private static Func<object?[], object?[]?> Heard(Action<object?[]> before) => arguments =>
    {
        before(arguments);
        return null;
    };

    private static Func<object?, object?> Heard(Action<object?> after) => result =>
    {
        after(result);
        return result;
    };

    private static Listen? ListenerOf(Type type) => Listeners.GetOrAdd(type, static t =>
    {
        for (var of = t; of is not null; of = of.BaseType)
        {
            if (of.IsGenericType && of.DeclaringType == typeof(nn) && of.Name.StartsWith("Module`", StringComparison.Ordinal))
                return ByInputs[of.GetGenericArguments().Length - 2].MakeGenericMethod(of.GetGenericArguments()).CreateDelegate<Listen>();
        }

        return null;
    });

    // A hook that returns what it was given leaves it as it is; null does so for several arguments.
    private static Action One<T, TResult>(nn.Module module, Func<object?[], object?[]?> before, Func<object?, object?> after)
    {
        var of = (nn.Module<T, TResult>)module;
        return Both(of.register_forward_pre_hook((_, a) => before([a]) is { } by ? (T)by[0]! : a).remove, of.register_forward_hook((_, _, result) => (TResult)after(result)!).remove);
    }

    private static Action Two<T1, T2, TResult>(nn.Module module, Func<object?[], object?[]?> before, Func<object?, object?> after)
    {
        var of = (nn.Module<T1, T2, TResult>)module;
        return Both(of.register_forward_pre_hook((_, a, b) => before([a, b]) is { } by ? ((T1)by[0]!, (T2)by[1]!) : null).remove, of.register_forward_hook((_, _, _, result) => (TResult)after(result)!).remove);
    }

    private static Action Three<T1, T2, T3, TResult>(nn.Module module, Func<object?[], object?[]?> before, Func<object?, object?> after)
    {
        var of = (nn.Module<T1, T2, T3, TResult>)module;
        return Both(of.register_forward_pre_hook((_, a, b, c) => before([a, b, c]) is { } by ? ((T1)by[0]!, (T2)by[1]!, (T3)by[2]!) : null).remove, of.register_forward_hook((_, _, _, _, result) => (TResult)after(result)!).remove);
    }

    private static Action Four<T1, T2, T3, T4, TResult>(nn.Module module, Func<object?[], object?[]?> before, Func<object?, object?> after)
    {
        var of = (nn.Module<T1, T2, T3, T4, TResult>)module;
        return Both(of.register_forward_pre_hook((_, a, b, c, d) => before([a, b, c, d]) is { } by ? ((T1)by[0]!, (T2)by[1]!, (T3)by[2]!, (T4)by[3]!) : null).remove, of.register_forward_hook((_, _, _, _, _, result) => (TResult)after(result)!).remove);
    }

    private static Action Five<T1, T2, T3, T4, T5, TResult>(nn.Module module, Func<object?[], object?[]?> before, Func<object?, object?> after)
    {
        var of = (nn.Module<T1, T2, T3, T4, T5, TResult>)module;
        return Both(of.register_forward_pre_hook((_, a, b, c, d, e) => before([a, b, c, d, e]) is { } by ? ((T1)by[0]!, (T2)by[1]!, (T3)by[2]!, (T4)by[3]!, (T5)by[4]!) : null).remove, of.register_forward_hook((_, _, _, _, _, _, result) => (TResult)after(result)!).remove);
    }

    private static Action Six<T1, T2, T3, T4, T5, T6, TResult>(nn.Module module, Func<object?[], object?[]?> before, Func<object?, object?> after)
    {
        var of = (nn.Module<T1, T2, T3, T4, T5, T6, TResult>)module;
        return Both(of.register_forward_pre_hook((_, a, b, c, d, e, f) => before([a, b, c, d, e, f]) is { } by ? ((T1)by[0]!, (T2)by[1]!, (T3)by[2]!, (T4)by[3]!, (T5)by[4]!, (T6)by[5]!) : null).remove, of.register_forward_hook((_, _, _, _, _, _, _, result) => (TResult)after(result)!).remove);
    }

    private static Action Both(Action first, Action second) => () =>
    {
        first();
        second();
    };
}
