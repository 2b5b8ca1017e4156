using System.Runtime.InteropServices;
using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Signals;

/// <summary>For how many sampled steps in a row each unit of a weight (a slice along the first dimension) has got no gradient at all.</summary>
internal sealed class UnitWatch(long units)
{
    /// <summary>Sampled steps that a unit must have been silent for, once there were so many.</summary>
    private const int Window = 20;

    private readonly int[] _silent = new int[units];
    private int _samples;

    public long Units => units;

    /// <summary>Sampled steps that <see cref="Dead"/> stands on.</summary>
    public int Samples => Math.Min(_samples, Window);

    /// <summary>Units that were silent all that time.</summary>
    public long Dead
    {
        get
        {
            var dead = 0L;
            foreach (var silent in _silent)
                dead += silent >= Samples ? 1 : 0;
            return Samples == 0 ? 0 : dead;
        }
    }

    /// <summary>Looks at one gradient. Where it is 0 as a whole, nothing is told of single units.</summary>
    public void Add(Tensor gradient)
    {
        if (gradient.is_sparse || gradient.NumberOfElements == 0)
            return;
        if (PlainFloats.TryRead(gradient, out var values))
        {
            Add(values);
            return;
        }

        using var scope = NewDisposeScope();
        using var none = no_grad();
        // One number per unit is brought here, not the gradient.
        var largest = gradient.detach().reshape(units, -1).abs().amax([1L]).to(ScalarType.Float32).cpu();
        Add(MemoryMarshal.Cast<byte, float>(largest.bytes));
    }

    /// <summary>The same for a gradient that lies in memory.</summary>
    public void Add(ReadOnlySpan<float> values)
    {
        var width = (int)(values.Length / units);
        if (width == 0 || !values.ContainsAnyExcept(0f))
            return;
        for (var u = 0; u < _silent.Length; u++)
            _silent[u] = values.Slice(u * width, width).ContainsAnyExcept(0f) ? 0 : _silent[u] + 1;
        _samples++;
    }
}
