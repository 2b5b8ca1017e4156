using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>Reads a network's parameters under all their names.</summary>
internal static class ParameterReader
{
    /// <summary>One profile per name, in order of registration.</summary>
    /// <param name="parameters">The network's parameters under their names.</param>
    /// <param name="modules">Its modules.</param>
    /// <param name="identities">Which of them share memory.</param>
    /// <param name="updates">How often a name's parameter is updated in a step, as far as that is known.</param>
    public static IReadOnlyList<ParameterProfile> Read(
        IReadOnlyList<(string Name, Parameter Parameter)> parameters, IReadOnlyDictionary<string, ModuleProfile> modules, ParameterIdentities identities, IReadOnlyDictionary<string, int?> updates)
    {
        var profiles = new List<ParameterProfile>(parameters.Count);
        foreach (var (name, parameter) in parameters)
        {
            var owner = modules[ModulePaths.HolderOf(name, modules.ContainsKey)];
            var facts = TensorReader.Facts(parameter);
            profiles.Add(new ParameterProfile
            {
                Name = name,
                Module = owner.Name,
                Facts = facts,
                Role = RoleOf(owner, name[(owner.Name.Length == 0 ? 0 : owner.Name.Length + 1)..], facts),
                RequiresGrad = parameter.requires_grad,
                FanIn = facts.Rank >= 2 ? facts.Shape.Skip(1).Aggregate(1L, static (a, b) => a * b) : 0,
                UnitsAlike = UnitsAlike(parameter, facts, BlocksOf(owner.Type)),
                TiedTo = identities.TiedTo(name),
                Updates = updates.GetValueOrDefault(name),
            });
        }

        return profiles;
    }

    /// <summary>
    /// How many gates a module's weights stack along the first dimension: units are compared within one gate, since different gates are not alike even where all units are.
    /// </summary>
    public static int BlocksOf(string type) => type switch
    {
        "LSTM" or "LSTMCell" => 4,
        "GRU" or "GRUCell" or "MultiheadAttention" => 3,
        _ => 1,
    };

    /// <summary>True where all slices along the first dimension, within each block of them, hold the same elements up to a distance.</summary>
    public static bool UnitsAlike(Tensor parameter, TensorFacts facts, int blocks, double within = 0)
    {
        if (facts.Rank < 2 || facts.Count == 0 || !facts.IsFloatingPoint)
            return false;
        blocks = facts.Shape[0] % blocks == 0 ? blocks : 1;
        var units = facts.Shape[0] / blocks;
        if (units < 2)
            return false;
        if (parameter is { device_type: DeviceType.CPU, dtype: ScalarType.Float32, is_sparse: false } && parameter.is_contiguous() && facts.Count * sizeof(float) <= int.MaxValue)
            return Alike(MemoryMarshal.Cast<byte, float>(parameter.bytes), blocks, (int)units, within);
        // Two units first: they tell most weights, and nothing large is copied.
        using var scope = NewDisposeScope();
        using var none = torch.no_grad();
        if (!Alike(Floats(parameter.narrow(0, 0, 2)), 1, 2, within))
            return false;
        return facts.Count * sizeof(float) <= int.MaxValue && Alike(Floats(parameter), blocks, (int)units, within);
    }

    private static ReadOnlySpan<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.detach().to(ScalarType.Float32).cpu().contiguous().bytes);

    private static bool Alike(ReadOnlySpan<float> all, int blocks, int units, double within)
    {
        var width = all.Length / (blocks * units);
        for (var block = 0; block < blocks; block++)
        {
            var first = all.Slice(block * units * width, width);
            for (var unit = 1; unit < units; unit++)
            {
                var other = all.Slice((block * units + unit) * width, width);
                if (within == 0 ? !first.SequenceEqual(other) : !Near(first, other, within))
                    return false;
            }
        }

        return true;
    }

    private static bool Near(ReadOnlySpan<float> one, ReadOnlySpan<float> other, double within)
    {
        for (var i = 0; i < one.Length; i++)
        {
            if (!(Math.Abs(one[i] - other[i]) <= within))
                return false;
        }

        return true;
    }

    private static ParameterRole RoleOf(ModuleProfile owner, string name, TensorFacts facts)
    {
        var isBias = name.Contains("bias", StringComparison.OrdinalIgnoreCase);
        return owner.Kind switch
        {
            ModuleKind.BatchNorm or ModuleKind.RowNorm => isBias ? ParameterRole.Shift : ParameterRole.Scale,
            ModuleKind.Embedding => ParameterRole.Embedding,
            // The slopes of a PReLU.
            ModuleKind.Activation => ParameterRole.Scale,
            _ when isBias => ParameterRole.Bias,
            // The normalisations inside libtorch's transformer layers.
            _ when facts.Rank == 1 && name.Contains("norm", StringComparison.OrdinalIgnoreCase) => ParameterRole.Scale,
            _ => facts.Rank >= 2 ? ParameterRole.Weight : ParameterRole.Other,
        };
    }
}
