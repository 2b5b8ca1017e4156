using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Locating;

/// <summary>What shall happen at the points of a replayed pass, besides looking.</summary>
internal sealed record PassPlan
{
    /// <summary>Points whose tensors are handed on without what is not finite in them.</summary>
    public IReadOnlySet<int> Cleaned { get; init; } = new HashSet<int>();

    /// <summary>Points whose numbers are kept.</summary>
    public IReadOnlySet<int> Kept { get; init; } = new HashSet<int>();

    /// <summary>A change of the tensors at one point.</summary>
    public (int Point, Func<Tensor, Tensor> By)? Changed { get; init; }

    /// <summary>Parameters and buffers that shall not hold what is not finite in them.</summary>
    public IReadOnlyList<Tensor> Without { get; init; } = [];

    /// <summary>Takes the gradients that come back at the points; null where no backward pass follows.</summary>
    public GradientTrace? Gradients { get; init; }
}

/// <summary>Listens to every module of a network during one replayed pass.</summary>
internal sealed class PassTrace : IDisposable
{
    /// <summary>Tensors with more elements are not copied.</summary>
    private const long MaxCopied = 1 << 22;

    private readonly List<Action> _removers = [];
    private readonly List<PassCall> _calls = [];
    private readonly List<PassPoint> _points = [];
    private readonly Stack<PassCall> _open = new();
    private readonly PassPlan _plan;

    public PassTrace(IReadOnlyList<NamedModule> modules, PassPlan plan)
    {
        _plan = plan;
        foreach (var (name, module) in modules)
        {
            if (ModuleHooks.Through(module, arguments => Guarded(() => Entered(module, name, arguments), null), result => Guarded(() => Left(module, result), result)) is { } remove)
                _removers.Add(remove);
        }
    }

    public IReadOnlyList<PassPoint> Points => _points;

    public IReadOnlyList<PassCall> Calls => _calls;

    /// <summary>What went wrong in the listening itself; null where nothing did.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>True where the network itself was called by <c>call</c>.</summary>
    public bool HasRoot => _calls.Exists(c => c.Path.Length == 0);

    /// <summary>Stops listening.</summary>
    public void Stop()
    {
        _removers.ForEach(r => r());
        _removers.Clear();
    }

    public void Dispose()
    {
        Stop();
        foreach (var tensor in _points.SelectMany(p => p.Tensors))
            tensor.Copy?.Dispose();
    }

    /// <summary>The call that ended last within the same caller's code before a point; null where there is none.</summary>
    public PassCall? LastWithin(PassCall? caller, int before) =>
        _points.Take(before).LastOrDefault(p => p.IsReturn && ReferenceEquals(p.Call.Parent, caller))?.Call;

    private object?[]? Entered(nn.Module module, string name, object?[] arguments)
    {
        var call = new PassCall(_calls.Count, name, module, _open.TryPeek(out var parent) ? parent : null);
        _calls.Add(call);
        _open.Push(call);
        var point = Add(call, isReturn: false, arguments.SelectMany(ModuleHooks.Tensors));
        return Replacement(point) is { } by ? [.. arguments.Select(a => ModuleHooks.Map(a, by))] : null;
    }

    private object? Left(nn.Module module, object? result)
    {
        // An exception that the network itself caught leaves calls open.
        while (_open.Count > 0 && !ReferenceEquals(_open.Peek().Module, module))
            _open.Pop();
        if (_open.Count == 0)
            return result;
        var point = Add(_open.Pop(), isReturn: true, ModuleHooks.Tensors(result));
        return Replacement(point) is { } by ? ModuleHooks.Map(result, by) : result;
    }

    private PassPoint Add(PassCall call, bool isReturn, IEnumerable<Tensor> tensors)
    {
        var index = _points.Count;
        var point = new PassPoint(index, call, isReturn, [.. tensors.Where(t => t is { IsInvalid: false }).Select(t => Read(t, _plan.Kept.Contains(index)))]);
        _points.Add(point);
        return point;
    }

    private static PointTensor Read(Tensor tensor, bool keeps)
    {
        using var none = torch.no_grad();
        using var scope = NewDisposeScope();
        var facts = TensorReader.Facts(tensor);
        return new(tensor, facts, facts.NonFinite > 0 ? NonFiniteCount.Of(tensor) : default, keeps && facts.Count <= MaxCopied && !tensor.is_sparse ? TensorCopy.Of(tensor) : null);
    }

    /// <summary>What becomes of a tensor at a point; null where all stay as they are.</summary>
    private Func<Tensor, Tensor>? Replacement(PassPoint point)
    {
        if (_plan.Gradients is { } gradients)
            return tensor => gradients.Probe(tensor, point);
        if (_plan.Changed is { } changed && changed.Point == point.Index)
            return changed.By;
        return point.IsBad && _plan.Cleaned.Contains(point.Index) ? static tensor => NonFiniteCount.Of(tensor).IsBad ? NonFiniteCount.Cleaned(tensor) : tensor : null;
    }

    // Nothing of ours may end the user's pass.
    private T Guarded<T>(Func<T> listen, T otherwise)
    {
        if (Fault is not null)
            return otherwise;
        try
        {
            return listen();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Fault = e;
            return otherwise;
        }
    }
}
