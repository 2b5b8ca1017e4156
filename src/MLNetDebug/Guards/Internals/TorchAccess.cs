using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using MLNetDebug.Predictions;

namespace MLNetDebug.Guards;

/// <summary>What one scan of a tensor tells.</summary>
/// <param name="SquaredNorm">Sum of squares; not finite where a value is not, or where the sum overflows.</param>
/// <param name="NonFinite">Values that are NaN or infinite; 1 where the values are on another device and their norm is not finite.</param>
/// <param name="Count">Values.</param>
internal readonly record struct TensorScan(double SquaredNorm, long NonFinite, long Count)
{
    /// <summary>Bound on the greatest absolute value: the norm.</summary>
    public double MaxAbsolute => Math.Sqrt(SquaredNorm);
}

/// <summary>
/// The few things a guard does with a running network, without a reference to TorchSharp: everything is looked up once in the TorchSharp that the trainer is bound to.
/// What that version does not have is named in <see cref="Missing"/>.
/// </summary>
internal abstract class TorchAccess
{
    private static readonly ConcurrentDictionary<Assembly, TorchAccess?> ByAssembly = new();

    private readonly MethodInfo? _parameters;
    private readonly MethodInfo? _buffers;
    private readonly MethodInfo? _modules;
    private readonly MethodInfo? _noGrad;

    private protected TorchAccess(Assembly torch, Members members)
    {
        var module = torch.GetType("TorchSharp.torch+nn+Module");
        _parameters = members.Method(module, "named_parameters", 1);
        _buffers = members.Method(module, "named_buffers", 2);
        _modules = members.Method(module, "named_modules", 0);
        _noGrad = torch.GetType("TorchSharp.torch")?.GetMethod("no_grad", Type.EmptyTypes);
        Missing = members.Missing;
    }

    /// <summary>Members this version of TorchSharp lacks; empty where everything is observable.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Access to a TorchSharp; null where its types are not those that are known.</summary>
    public static TorchAccess? Of(Assembly torch) => ByAssembly.GetOrAdd(torch, Create);

    /// <summary>Name and tensor of every parameter that still holds values.</summary>
    public IEnumerable<(string Name, object Tensor)> Parameters(object module) => Named(_parameters?.Invoke(module, [true])).Where(p => IsAlive(p.Value));

    /// <summary>Name and tensor of every buffer.</summary>
    public IEnumerable<(string Name, object Tensor)> Buffers(object module) => Named(_buffers?.Invoke(module, [true, true])).Where(b => IsAlive(b.Value));

    /// <summary>Name and module of every descendant.</summary>
    public IEnumerable<(string Name, object Module)> Modules(object module) => Named(_modules?.Invoke(module, null));

    /// <summary>Until disposed of, nothing that is computed is recorded for gradients.</summary>
    public IDisposable? NoGradient() => _noGrad?.Invoke(null, null) as IDisposable;

    /// <summary>The gradient of a parameter; null where it has none. To be freed.</summary>
    public abstract object? Gradient(object tensor);

    public abstract TensorScan Scan(object tensor);

    /// <summary>The values of a tensor of 32-bit floats, row-major, and its shape; null for other element types.</summary>
    public abstract (long[] Shape, float[] Values)? Read(object tensor);

    /// <summary>A copy that lives until it is freed, whatever scope the trainer is in.</summary>
    public abstract object Copy(object tensor);

    /// <summary>Copies values into a tensor of the same shape.</summary>
    public abstract void CopyInto(object target, object source);

    public abstract void Free(object tensor);

    /// <summary>Calls back with each output of a module that takes and gives one tensor.</summary>
    /// <returns>Ends it; null where the module is of another kind.</returns>
    public abstract Action? OnOutput(object module, Action<object> seen);

    private protected abstract bool IsAlive(object tensor);

    private static IEnumerable<(string Name, object Value)> Named(object? pairs) =>
        pairs is IEnumerable list ? list.Cast<ITuple>().Select(p => ((string)p[0]!, p[1]!)) : [];

    private static TorchAccess? Create(Assembly torch)
    {
        var tensor = torch.GetType("TorchSharp.torch+Tensor");
        var module = torch.GetType("TorchSharp.torch+nn+Module`2");
        return tensor is null || module is null ? null
            : (TorchAccess)Activator.CreateInstance(typeof(TorchAccess<,>).MakeGenericType(tensor, module.MakeGenericType(tensor, tensor)), torch)!;
    }
}
