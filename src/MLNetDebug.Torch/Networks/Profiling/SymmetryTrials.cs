using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>
/// Takes a few steps of gradient descent to see whether suspicious weights (all zero, or the same for all units) come apart, and takes every step back. What gradients cannot tell apart after
/// three steps they never will: equal units have equal gradients. Dropout is switched off meanwhile, since its noise would hide that.
/// </summary>
internal static class SymmetryTrials
{
    private const int Steps = 3;

    // Each parameter moves by this share of its root mean square, or of 1 / sqrt(fan-in) where it is zero.
    private const double Step = 0.01;

    // Rounding in the sums of gradients, relative to the largest step.
    private const double Rounding = 1e-3;

    /// <summary>Names of parameters whose units are all alike, which only a trial can judge.</summary>
    public static IReadOnlyList<string> Suspicious(IReadOnlyList<ParameterProfile> parameters) =>
        [.. parameters.Where(p => p is { UnitsAlike: true, RequiresGrad: true, Role: not (ParameterRole.Embedding or ParameterRole.Scale) }).Select(p => p.Name)];

    /// <summary>Tries the named parameters.</summary>
    /// <returns>What became of each; empty where a step failed or the loss is no number.</returns>
    public static IReadOnlyDictionary<string, SymmetryTrial> Run(
        NetworkUnderCheck network, IReadOnlyList<(string Name, Parameter Parameter)> parameters, IReadOnlyList<ParameterProfile> profiles, IReadOnlyList<string> suspicious,
        IReadOnlyDictionary<string, ModuleProfile> modules)
    {
        var trained = parameters.Where(p => p.Parameter.requires_grad && !p.Parameter.IsInvalid).DistinctBy(p => p.Parameter.Handle).ToArray();
        // The gradients of a loss's own parameters and of inputs that ask for them fill as well.
        using var before = new LeafSnapshot([.. trained.Select(p => p.Parameter), .. network.Loss!.Module?.parameters() ?? [], .. network.Inputs.Where(i => i.requires_grad)]);
        using var grad = torch.enable_grad();
        var dropouts = network.Model.named_modules().Select(m => m.module).Where(m => ModuleReader.KindOf(m) is ModuleKind.Dropout or ModuleKind.ChannelDropout && m.training).ToArray();
        var zero = trained.ToDictionary(p => p.Name, _ => true);
        var reached = new HashSet<string>();
        try
        {
            foreach (var dropout in dropouts)
                dropout.eval();
            for (var step = 0; step < Steps; step++)
            {
                foreach (var (_, parameter) in trained)
                    parameter.grad = null;
                // Functions and hooks of the network's own may run in the backward pass too.
                if (!HeldTensors.During(() => Backward(network)))
                    return new Dictionary<string, SymmetryTrial>();
                foreach (var (name, parameter) in trained)
                {
                    using var gradient = parameter.grad;
                    if (gradient is not null)
                        reached.Add(name);
                    zero[name] &= !Descend(parameter);
                }
            }

            var byName = profiles.ToDictionary(p => p.Name);
            // What this batch does not use has no gradient, and nothing is known of it.
            return suspicious.Where(reached.Contains).ToDictionary(name => name, name =>
            {
                var parameter = parameters.First(p => p.Name == name).Parameter;
                var moved = before.Moved(parameter);
                return new SymmetryTrial(
                    Steps, moved > 0, ParameterReader.UnitsAlike(parameter, byName[name].Facts, ParameterReader.BlocksOf(modules[byName[name].Module].Type), moved * Rounding),
                    [.. trained.Where(p => zero[p.Name] && byName[p.Name].Facts.Rank >= 2).Select(p => p.Name)]);
            });
        }
        finally
        {
            foreach (var dropout in dropouts)
                dropout.train();
        }
    }

    private static bool Backward(NetworkUnderCheck network)
    {
        var output = network.Forward();
        using var loss = network.Loss!.Call(output, network.Target!);
        using var scalar = loss.numel() == 1 ? loss.alias() : loss.mean();
        if (!scalar.requires_grad || !double.IsFinite(scalar.ToDouble()))
            return false;
        scalar.backward();
        // Only networks with modules have weights to try.
        network.Release(output, hasCalls: true);
        return true;
    }

    /// <summary>One step along a parameter's gradient.</summary>
    /// <returns>False where there was none to go along.</returns>
    private static bool Descend(Parameter parameter)
    {
        using var none = torch.no_grad();
        using var gradient = parameter.grad;
        if (gradient is null || gradient.is_sparse)
            return gradient is not null;
        var largest = Largest(gradient);
        if (!(largest > 0) || !double.IsFinite(largest))
            return false;
        var facts = TensorReader.Facts(parameter);
        var fanIn = facts.Rank >= 2 ? (double)facts.Count / facts.Shape[0] : facts.Count;
        var scale = facts.RootMeanSquare > 0 ? facts.RootMeanSquare : 1 / Math.Sqrt(fanIn);
        using var step = gradient * (-Step * scale / largest);
        parameter.add_(step);
        return true;
    }

    private static double Largest(Tensor tensor)
    {
        var facts = TensorReader.Facts(tensor);
        return Math.Max(Math.Abs(facts.Min), Math.Abs(facts.Max));
    }
}
