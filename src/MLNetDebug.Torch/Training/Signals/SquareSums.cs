using System.Runtime.InteropServices;
using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using static TorchSharp.torch;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace MLNetDebug.Torch.Training.Signals;

/// <summary>
/// Sums of squares of many tensors. What lies in this process's memory in single or double precision takes one pass over it, in pieces that single precision adds up without harm; of the rest the
/// norms are taken in single precision, stacked, and read back once.
/// </summary>
internal sealed class SquareSums
{
    private const int Piece = 4096;

    private readonly List<Tensor> _norms = [];
    private readonly List<int> _places = [];

    /// <summary>Takes the sum of squares of each parameter's gradient to its watch; not finite where an element is not.</summary>
    public void ReadGradients(IReadOnlyList<ParameterWatch> parameters)
    {
        for (var i = 0; i < parameters.Count; i++)
        {
            // A fresh wrapper each time: left alone it would keep the memory until the collector comes.
            using var gradient = parameters[i].Parameter.grad;
            if (gradient is null)
                parameters[i].Add(double.NaN, hasGradient: false);
            else if (TryRead(gradient, out var sum))
                parameters[i].Add(sum, hasGradient: true);
            else
                Later(gradient, i);
        }

        if (_norms.Count > 0)
            ReadBack(parameters);
    }

    /// <summary>The sum of squares of one tensor.</summary>
    public static double Of(Tensor tensor)
    {
        if (TryRead(tensor, out var sum))
            return sum;
        using var norm = Norm(tensor);
        var value = norm.ToDouble();
        return double.IsFinite(value) ? value * value : Exact(tensor);
    }

    private static bool TryRead(Tensor tensor, out double sum)
    {
        sum = 0;
        if (tensor.dtype is not (ScalarType.Float32 or ScalarType.Float64) || !TensorReader.LiesInMemory(tensor) || tensor.NumberOfElements * tensor.ElementSize > int.MaxValue)
            return false;
        sum = tensor.dtype == ScalarType.Float32 ? Sum(MemoryMarshal.Cast<byte, float>(tensor.bytes)) : Sum(MemoryMarshal.Cast<byte, double>(tensor.bytes));
        return true;
    }

    private static double Sum(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        for (; values.Length > Piece; values = values[Piece..])
            sum += TensorPrimitives.SumOfSquares(values[..Piece]);
        sum += TensorPrimitives.SumOfSquares(values);
        // The squares of single precision end at 1e38 and vanish below 1e-45.
        return double.IsFinite(sum) && sum > 1e-30 ? sum : Exact(values);
    }

    private static double Sum(ReadOnlySpan<double> values) => TensorPrimitives.SumOfSquares(values);

    private static double Exact(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var x in values)
            sum += (double)x * x;
        return sum;
    }

    private static double Exact(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        return Sum(MemoryMarshal.Cast<byte, double>((tensor.is_sparse ? tensor.detach().to_dense() : tensor.detach()).to(ScalarType.Float64).cpu().contiguous().bytes));
    }

    private void Later(Tensor tensor, int place)
    {
        _norms.Add(Norm(tensor));
        _places.Add(place);
    }

    private void ReadBack(IReadOnlyList<ParameterWatch> parameters)
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        var all = stack(_norms).cpu();
        var norms = MemoryMarshal.Cast<byte, float>(all.bytes);
        for (var i = 0; i < norms.Length; i++)
            parameters[_places[i]].Add((double)norms[i] * norms[i], hasGradient: true);
        foreach (var norm in _norms)
            norm.Dispose();
        _norms.Clear();
        _places.Clear();
    }

    private static Tensor Norm(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        // Half precision overflows at 65,504: its norm is taken in single.
        return tensor.detach().to(ScalarType.Float32).norm().DetachFromDisposeScope();
    }
}
