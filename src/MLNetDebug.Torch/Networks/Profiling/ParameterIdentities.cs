using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>Which of a network's parameters a tensor is. One memory may be listed under several names; it goes by the first.</summary>
internal sealed class ParameterIdentities
{
    private readonly Dictionary<nint, string> _byHandle = [];
    private readonly Dictionary<(nint Address, long Count), string> _byAddress = [];
    private readonly Dictionary<string, string> _firstNames = [];

    /// <param name="named">The network's parameters as <c>named_parameters()</c> lists them.</param>
    public ParameterIdentities(IEnumerable<(string Name, Parameter Parameter)> named)
    {
        foreach (var (name, parameter) in named)
        {
            var first = NameOf(parameter) ?? name;
            _firstNames.TryAdd(name, first);
            if (parameter is not { IsInvalid: false })
                continue;
            _byHandle.TryAdd(parameter.Handle, first);
            if (Address(parameter) is { } address)
                _byAddress.TryAdd(address, first);
        }
    }

    /// <summary>The names the network lists, in its order.</summary>
    public IReadOnlyCollection<string> Names => _firstNames.Keys;

    /// <summary>The first name of the memory that is listed under a name.</summary>
    public string FirstName(string name) => _firstNames[name];

    /// <summary>The first name of the memory that is listed under a name; null where this name is the first.</summary>
    public string? TiedTo(string name) => _firstNames[name] is var first && first != name ? first : null;

    /// <summary>The first name of the parameter that a tensor is; null where it is none of the network's, or disposed.</summary>
    public string? NameOf(Tensor? tensor) =>
        tensor is not { IsInvalid: false } ? null
        : _byHandle.TryGetValue(tensor.Handle, out var name) ? name
        : Address(tensor) is { } address && _byAddress.TryGetValue(address, out name) ? name
        : null;

    /// <summary>Where a tensor's first element lies and how many it has; null where that cannot be told.</summary>
    private static (nint Address, long Count)? Address(Tensor tensor) => TensorAddress.Of(tensor) is var start && start != 0 ? (start, tensor.NumberOfElements) : null;
}
