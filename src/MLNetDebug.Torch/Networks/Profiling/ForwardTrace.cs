using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>
/// Listens to every module of a network while it runs and writes down which was called with which tensors, in which order. A tensor is followed by its object: what one module returned and
/// another is given is the same object, unless code between the two made another, and then <see cref="OperationNamer"/> is asked which operation it was.
/// </summary>
internal sealed class ForwardTrace : IDisposable
{
    private readonly Dictionary<Tensor, TracedValue> _byObject = new(ReferenceEqualityComparer.Instance);
    private readonly List<TracedValue> _values = [];
    private readonly List<CallProfile> _calls = [];
    private readonly Stack<Frame> _frames = new();
    private readonly List<Action> _removers = [];
    private readonly nn.Module _root;

    public ForwardTrace(nn.Module root, IReadOnlyList<NamedModule> modules, IReadOnlyList<Tensor> inputs)
    {
        _root = root;
        foreach (var input in inputs.Where(i => i is { IsInvalid: false }))
            Add(input, ValueSource.Input);
        foreach (var (name, module) in modules.DistinctBy(m => m.Module, ReferenceEqualityComparer.Instance))
        {
            if (ModuleHooks.On(module, arguments => Guarded(() => Entered(module, name, arguments)), result => Guarded(() => Left(module, result))) is { } remove)
                _removers.Add(remove);
        }
    }

    public IReadOnlyList<CallProfile> Calls => _calls;

    public IReadOnlyList<TracedValue> Values => _values;

    /// <summary>What went wrong in the listening itself; null where nothing did. The network ran on undisturbed.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>The module that was being called last, and with what: where an exception came from. Null outside of any call.</summary>
    public (string Name, nn.Module Module, IReadOnlyList<TensorFacts> Inputs)? Innermost =>
        _frames.TryPeek(out var frame) ? (frame.Name, frame.Module, [.. frame.Inputs.Select(i => _values[i].Facts)]) : null;

    /// <summary>The id of a tensor; one that was never seen is added, and explained where that is possible.</summary>
    public int IdOf(Tensor tensor)
    {
        if (_byObject.TryGetValue(tensor, out var known))
            return known.Id;
        var within = _frames.TryPeek(out var frame) ? frame.Name : "";
        var value = Add(tensor, ValueSource.Unknown);
        if (Explained(value, Between) is { } operation)
            (value.Source, value.Operation) = (ValueSource.Operation, operation with { Within = within });
        return value.Id;

        int Between(Tensor tensor, FunctionalOperation operation)
        {
            var unseen = Add(tensor, ValueSource.Operation);
            unseen.Operation = operation with { Within = within };
            return unseen.Id;
        }
    }

    /// <summary>The operation that made a value; null also where libtorch cannot try one on a type like this.</summary>
    private FunctionalOperation? Explained(TracedValue value, Func<Tensor, FunctionalOperation, int> between)
    {
        try
        {
            return OperationNamer.Explain(value, _values, between);
        }
        catch (ExternalException)
        {
            // libtorch has no such operation for this type on this device.
            return null;
        }
    }

    /// <summary>Stops listening.</summary>
    public void Stop()
    {
        _removers.ForEach(r => r());
        _removers.Clear();
    }

    public void Dispose()
    {
        Stop();
        _values.ForEach(v => v.Dispose());
    }

    private void Entered(nn.Module module, string name, object?[] arguments)
    {
        var frame = new Frame(module, name);
        _frames.Push(frame);
        var isRoot = ReferenceEquals(module, _root) && _frames.Count == 1;
        foreach (var tensor in arguments.SelectMany(ModuleHooks.Tensors).Where(t => !t.IsInvalid))
        {
            if (isRoot && !_byObject.ContainsKey(tensor))
                frame.Inputs.Add(Add(tensor, ValueSource.Input).Id);
            else
                frame.Inputs.Add(IdInside(tensor));
        }

        // What was given is known from here on: a module that hands it back has not made it.
        frame.FirstValue = _values.Count;
    }

    /// <summary>An argument is made in the caller's code, not in the module's that has just been entered.</summary>
    private int IdInside(Tensor tensor)
    {
        var entered = _frames.Pop();
        var id = IdOf(tensor);
        _frames.Push(entered);
        return id;
    }

    private void Left(nn.Module module, object? result)
    {
        // An exception that the network itself caught leaves frames behind.
        while (_frames.Count > 0 && !ReferenceEquals(_frames.Peek().Module, module))
            _frames.Pop();
        if (_frames.Count == 0)
            return;
        var frame = _frames.Peek();
        var index = _calls.Count;
        var outputs = new List<int>();
        foreach (var tensor in ModuleHooks.Tensors(result).Where(t => !t.IsInvalid))
        {
            if (frame.HasCalls)
            {
                var id = IdOf(tensor);
                // Code after the last call that nothing explains is the module's own.
                if (_values[id] is { Source: ValueSource.Unknown } value && id >= frame.FirstValue)
                    (value.Source, value.Call) = (ValueSource.Module, index);
                outputs.Add(id);
            }
            else
            {
                // A module may return the very object it was given (in place, Identity): what follows gets the module's return.
                _byObject.Remove(tensor);
                var value = Add(tensor, ValueSource.Module);
                value.Call = index;
                outputs.Add(value.Id);
            }
        }

        _frames.Pop();
        _calls.Add(new CallProfile { Index = index, Module = frame.Name, IsInnermost = !frame.HasCalls, Inputs = frame.Inputs, Outputs = outputs });
        if (_frames.TryPeek(out var parent))
            parent.HasCalls = true;
    }

    private TracedValue Add(Tensor tensor, ValueSource source)
    {
        var value = new TracedValue(_values.Count, tensor) { Source = source };
        _values.Add(value);
        _byObject[tensor] = value;
        return value;
    }

    // Nothing of ours may end the user's forward pass.
    private void Guarded(Action listen)
    {
        if (Fault is not null)
            return;
        try
        {
            listen();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Fault = e;
        }
    }

    private sealed class Frame(nn.Module module, string name)
    {
        public nn.Module Module { get; } = module;

        public string Name { get; } = name;

        /// <summary>Values that were known when the call began, its arguments among them.</summary>
        public int FirstValue { get; set; }

        public List<int> Inputs { get; } = [];

        /// <summary>True once a call of another module ended within.</summary>
        public bool HasCalls { get; set; }
    }
}

/// <summary>A module under one of its names.</summary>
internal sealed record NamedModule(string Name, nn.Module Module);
