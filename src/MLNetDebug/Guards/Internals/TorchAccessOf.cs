using System.Numerics.Tensors;
using System.Reflection;
using System.Runtime.InteropServices;
using MLNetDebug.Predictions;

namespace MLNetDebug.Guards;

/// <summary>Access through delegates of the tensor's own type, so that a scan calls no reflection.</summary>
/// <typeparam name="TTensor">TorchSharp's tensor.</typeparam>
/// <typeparam name="TModule">TorchSharp's module that takes and gives one tensor.</typeparam>
internal sealed class TorchAccess<TTensor, TModule> : TorchAccess
    where TTensor : class, IDisposable
    where TModule : class
{
    private readonly Func<TTensor, TTensor?> _grad;
    private readonly BytesOf _bytes;
    private readonly Func<TTensor, bool> _isInvalid;
    private readonly Func<TTensor, bool> _isContiguous;
    private readonly Func<TTensor, TTensor> _contiguous;
    private readonly Func<TTensor, TTensor> _clone;
    private readonly Func<TTensor, TTensor> _detach;
    private readonly Func<TTensor, TTensor> _cpu;
    private readonly Func<TTensor, TTensor> _keep;
    private readonly Func<TTensor, TTensor, bool, TTensor> _copy;
    private readonly Func<TTensor, float, TTensor> _norm;
    private readonly Func<TTensor, long[]> _shape;
    private readonly PropertyInfo? _type;
    private readonly PropertyInfo? _device;

    public TorchAccess(Assembly torch)
        : this(torch, new Members())
    {
    }

    private TorchAccess(Assembly torch, Members members)
        : base(torch, members)
    {
        var tensor = typeof(TTensor);
        _grad = Getter<TTensor?>(members, "grad");
        _isInvalid = Getter<bool>(members, "IsInvalid");
        _shape = Getter<long[]>(members, "shape");
        _bytes = Bound<BytesOf>(members.Property(tensor, "bytes")?.GetMethod);
        _isContiguous = Bound<Func<TTensor, bool>>(members.Method(tensor, "is_contiguous", 0));
        _contiguous = Unary(members, "contiguous");
        _clone = Unary(members, "clone");
        _detach = Unary(members, "detach");
        _cpu = Unary(members, "cpu");
        _keep = Unary(members, "DetachFromDisposeScope");
        _copy = Bound<Func<TTensor, TTensor, bool, TTensor>>(members.Method(tensor, "copy_", 2));
        _norm = Bound<Func<TTensor, float, TTensor>>(members.Method(tensor, "norm", 1, m => m.GetParameters()[0].ParameterType == typeof(float)));
        _type = members.Property(tensor, "dtype");
        _device = members.Property(tensor, "device_type");
    }

    private delegate Span<byte> BytesOf(TTensor tensor);

    public override object? Gradient(object tensor) => _grad((TTensor)tensor);

    public override TensorScan Scan(object tensor)
    {
        var given = (TTensor)tensor;
        if (IsOnCpu(given))
            return OnCpu(given, (ElementType)Convert.ToInt32(_type!.GetValue(given), System.Globalization.CultureInfo.InvariantCulture));
        // One number is fetched from the device, not the tensor.
        using var detached = _detach(given);
        using var norm = _norm(detached, 2);
        using var fetched = _cpu(norm);
        var value = (double)MemoryMarshal.Read<float>(_bytes(fetched));
        return new TensorScan(value * value, double.IsFinite(value) ? 0 : 1, _shape(given).Aggregate(1L, (n, d) => n * d));
    }

    public override (long[] Shape, float[] Values)? Read(object tensor)
    {
        var given = (TTensor)tensor;
        if (Convert.ToInt32(_type!.GetValue(given), System.Globalization.CultureInfo.InvariantCulture) != (int)ElementType.Float32)
            return null;
        using var detached = _detach(given);
        using var fetched = _cpu(detached);
        using var flat = _contiguous(fetched);
        return (_shape(given), MemoryMarshal.Cast<byte, float>(_bytes(flat)).ToArray());
    }

    public override object Copy(object tensor)
    {
        using var detached = _detach((TTensor)tensor);
        return _keep(_clone(detached));
    }

    // The result is the target itself: it must not be disposed of.
    public override void CopyInto(object target, object source) => _ = _copy((TTensor)target, (TTensor)source, false);

    public override void Free(object tensor) => ((TTensor)tensor).Dispose();

    public override Action? OnOutput(object module, Action<object> seen)
    {
        if (module is not TModule hookable)
            return null;
        var register = typeof(TModule).GetMethods().FirstOrDefault(m =>
            m.Name == "register_forward_hook" && m.GetParameters()[0].ParameterType == typeof(Func<TModule, TTensor, TTensor, TTensor>));
        if (register is null)
            return null;
        Func<TModule, TTensor, TTensor, TTensor> hook = (_, _, output) =>
        {
            seen(output);
            return output;
        };
        var remover = register.Invoke(hookable, [hook]);
        var remove = remover?.GetType().GetMethod("remove");
        return remove is null ? null : () => remove.Invoke(remover, null);
    }

    private protected override bool IsAlive(object tensor) => !_isInvalid((TTensor)tensor);

    private static TensorScan Of(ReadOnlySpan<byte> raw, ElementType type)
    {
        if (type == ElementType.Float32)
        {
            var sum = (double)TensorPrimitives.SumOfSquares(MemoryMarshal.Cast<byte, float>(raw));
            if (double.IsFinite(sum))
                return new TensorScan(sum, 0, raw.Length / sizeof(float));
        }

        var (nonFinite, max) = ParameterScan.Scan(raw, type);
        // The exact norm of other element types is nobody's concern: the largest value bounds it from below.
        return new TensorScan(nonFinite > 0 ? double.NaN : max * max, nonFinite, raw.Length / Math.Max(1, ElementTypes.SizeOf(type)));
    }

    private TensorScan OnCpu(TTensor tensor, ElementType type)
    {
        if (_isContiguous(tensor))
            return Of(_bytes(tensor), type);
        using var flat = _contiguous(tensor);
        return Of(_bytes(flat), type);
    }

    private bool IsOnCpu(TTensor tensor) => _device?.GetValue(tensor)?.ToString() == "CPU";

    private static Func<TTensor, TTensor> Unary(Members members, string name) => Bound<Func<TTensor, TTensor>>(members.Method(typeof(TTensor), name, 0));

    private static Func<TTensor, T> Getter<T>(Members members, string name) => Bound<Func<TTensor, T>>(members.Property(typeof(TTensor), name)?.GetMethod);

    // Where a member is missing nothing is called: the guard looks at Missing first.
    private static T Bound<T>(MethodInfo? method)
        where T : Delegate => method is null ? null! : method.CreateDelegate<T>();
}
