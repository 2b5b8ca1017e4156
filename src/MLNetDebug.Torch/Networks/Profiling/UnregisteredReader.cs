using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>
/// Finds trainable parameters that modules of the user's own hold in fields and have not registered. Frozen networks (a teacher, say), modules without parameters, and parameters that are
/// registered elsewhere in the network are none of them.
/// </summary>
internal sealed class UnregisteredReader
{
    private const int MaxDepth = 8;

    // A field may hold anything: at most so many objects are looked at.
    private const int MaxVisits = 100_000;

    private readonly HashSet<object> _visited = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<nint> _known = [];
    private readonly List<UnregisteredProfile> _found = [];
    private (string Name, nn.Module Module) _holder;

    private UnregisteredReader()
    {
    }

    /// <summary>Reads the fields of all registered modules; what cannot be read is left out.</summary>
    public static IReadOnlyList<UnregisteredProfile> Read(nn.Module root)
    {
        var reader = new UnregisteredReader();
        (string Name, nn.Module Module)[] registered = [("", root), .. root.named_modules()];
        foreach (var (_, module) in registered)
            reader._visited.Add(module);
        foreach (var (_, parameter) in root.named_parameters())
            reader.Know(parameter);
        foreach (var holder in registered)
        {
            reader._holder = holder;
            reader.Fields(holder.Module, "", inCollection: false, depth: 0);
        }

        return reader._found;
    }

    private void Fields(object of, string path, bool inCollection, int depth)
    {
        foreach (var (name, value) in HeldFields.Of(of))
        {
            try
            {
                Visit(value, path.Length > 0 ? $"{path}.{name}" : name, inCollection, depth + 1);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // A collection that another thread is changing, a module that was disposed: the network is judged by the rest.
            }
        }
    }

    private void Visit(object value, string path, bool inCollection, int depth)
    {
        if (depth > MaxDepth || _visited.Count > MaxVisits || (!value.GetType().IsValueType && !_visited.Add(value)))
            return;
        switch (value)
        {
            case nn.Module module:
                Report(path, module.GetType(), module.named_parameters().Select(p => (Tensor)p.parameter), inCollection);
                foreach (var inner in new[] { ("", module) }.Concat(module.named_modules()))
                    Inner(inner, path, depth);
                break;
            case Tensor tensor:
                Report(path, tensor.GetType(), [tensor], inCollection);
                break;
            case var collection when HeldFields.IsCollection(collection):
                foreach (var (key, item) in HeldFields.Items(collection))
                    Visit(item, path + key, inCollection: true, depth + 1);
                break;
            case var carrier when HeldFields.IsCarrier(carrier.GetType()):
                Fields(carrier, path, inCollection, depth);
                break;
        }
    }

    // A module that is itself not registered may have forgotten others.
    private void Inner((string Name, nn.Module Module) inner, string path, int depth)
    {
        _visited.Add(inner.Module);
        Fields(inner.Module, inner.Name.Length > 0 ? $"{path}.{inner.Name}" : path, inCollection: false, depth);
    }

    private void Report(string path, Type type, IEnumerable<Tensor> parameters, bool inCollection)
    {
        var (count, elements) = (0, 0L);
        foreach (var parameter in parameters)
        {
            // A result of a calculation requires gradients too, and nothing can train it: only leaves count.
            if (parameter.IsInvalid || !parameter.requires_grad || !parameter.is_leaf || !Know(parameter))
                continue;
            count++;
            elements += parameter.numel();
        }

        if (count == 0)
            return;
        var holder = _holder.Module;
        _found.Add(new UnregisteredProfile
        {
            Holder = _holder.Name,
            HolderType = NameOf(holder.GetType()),
            Field = path,
            Type = NameOf(type),
            Parameters = count,
            Elements = elements,
            IsInCollection = inCollection,
            HolderRegistersNothing = !holder.named_children().Any() && !holder.named_parameters(recurse: false).Any(),
        });
    }

    /// <summary>Notes a parameter; false where it or its memory is known already.</summary>
    private bool Know(Tensor parameter)
    {
        var isNew = _known.Add(parameter.Handle);
        if (TensorAddress.Of(parameter) is var address && address != 0)
            isNew &= _known.Add(address);
        return isNew;
    }

    private static string NameOf(Type type) =>
        type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>" : type.Name;
}
