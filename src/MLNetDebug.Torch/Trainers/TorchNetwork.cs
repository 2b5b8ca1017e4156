using System.Collections.Concurrent;
using MLNetDebug.Torch.Networks.Profiling;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Trainers;

/// <summary>
/// A network with a name: a saved model holds the name and the weights, and never a type. A process that loads one makes the network anew by the factory that is registered under that name. A factory must
/// give the same network for the same shapes each time; its <c>forward</c> is called by several threads at once when a trained model scores, so that it may keep nothing between calls in evaluation mode.
/// </summary>
/// <example>
/// <code>
/// TorchNetwork.Register(new TorchNetwork("digits", (shape, classes) => Sequential(Linear(shape[0], 64), ReLU(), Linear(64, classes))));
/// </code>
/// </example>
public sealed class TorchNetwork
{
    private static readonly ConcurrentDictionary<string, TorchNetwork> Registered = new(StringComparer.Ordinal);

    private readonly Func<IReadOnlyList<long>, int, nn.Module<Tensor, Tensor>> _factory;

    /// <summary>Names a network.</summary>
    /// <param name="name">Its name, as saved models hold it: not empty, at most 200 characters.</param>
    /// <param name="factory">
    /// Makes it from the shape of one row (<c>[slots]</c> for a vector, the dimensions of a vector that has several, <c>[3, height, width]</c> for an image) and the number of outputs (classes; 1 for two classes and for
    /// regression). It takes <c>[rows, ...shape]</c> and returns <c>[rows, outputs]</c>: logits, or the number to predict, with no softmax or sigmoid at its end.
    /// </param>
    /// <exception cref="ArgumentException">The name is empty or too long.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public TorchNetwork(string name, Func<IReadOnlyList<long>, int, nn.Module<Tensor, Tensor>> factory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(factory);
        if (name.Length > 200)
            throw new ArgumentException($"The name of a network may have 200 characters at most, not {name.Length}.", nameof(name));
        (Name, _factory) = (name, factory);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Makes the network known to models that are loaded in this process; one of the same name is replaced. A trainer registers its own.</summary>
    /// <param name="network">The network.</param>
    /// <exception cref="ArgumentNullException"><paramref name="network"/> is null.</exception>
    public static void Register(TorchNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        Registered[network.Name] = network;
    }

    /// <summary>The network of a name; null where none is registered.</summary>
    internal static TorchNetwork? Find(string name) => Registered.GetValueOrDefault(name);

    /// <summary>Makes the network.</summary>
    /// <exception cref="InvalidOperationException">The factory threw, or returned nothing.</exception>
    internal nn.Module<Tensor, Tensor> Create(IReadOnlyList<long> inputShape, int outputs)
    {
        nn.Module<Tensor, Tensor>? made;
        try
        {
            made = HeldTensors.During(() => _factory([.. inputShape], outputs));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new InvalidOperationException($"The factory of network '{Name}' threw for rows of shape [{string.Join(", ", inputShape)}] and {outputs} output(s): {e.Message}", e);
        }

        if (made is null)
            throw new InvalidOperationException($"The factory of network '{Name}' returned null for rows of shape [{string.Join(", ", inputShape)}] and {outputs} output(s).");
        // A model outlives the scope that it happens to be made in.
        foreach (var tensor in made.parameters().Concat(made.buffers()).Where(t => t is { IsInvalid: false }))
            tensor.DetachFromDisposeScope();
        return made;
    }
}
