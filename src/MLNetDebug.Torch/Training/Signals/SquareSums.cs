using System.Numerics;
using System.Runtime.InteropServices;
using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using static TorchSharp.torch;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace MLNetDebug.Torch.Training.Signals;

/// <summary>
/// Sums of squares of many gradients. What lies in this process's memory in single or double precision takes one pass over it, in pieces that single precision adds up without harm; of the rest the
/// norms are taken in single precision, stacked, and read back once.
/// </summary>
internal sealed class SquareSums
{
    private const int Piece = 4096;

    // The squares of single precision end at 1e38 and vanish below 1e-45: what comes near is looked at again.
    private const double LeastSquares = 1e-30;

    private readonly List<Tensor> _norms = [];
    private readonly List<int> _places = [];

    /// <summary>Takes the sum of squares of each parameter's gradient to its watch; not finite where an element is not.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="closely">True at a sampled step: all that is kept of a gradient is read in the same pass.</param>
    /// <param name="isRead">Tells whose gradients are read; the others count as having none. Null where all are.</param>
    public void ReadGradients(IReadOnlyList<ParameterWatch> parameters, bool closely, Func<ParameterWatch, bool>? isRead = null)
    {
        for (var i = 0; i < parameters.Count; i++)
        {
            var isLeft = isRead?.Invoke(parameters[i]) == false;
            if (!isLeft && TryReadPlain(parameters[i], closely))
                continue;
            // A fresh wrapper each time: left alone it would keep the memory until the collector comes.
            using var gradient = isLeft ? null : parameters[i].Parameter.grad;
            if (closely)
                parameters[i].SampleGradient(gradient);
            if (gradient is null)
                parameters[i].Add(double.NaN, hasGradient: false);
            else if (closely && parameters[i].GradientSquares is { } known)
                parameters[i].Add(known, hasGradient: true);
            else if (parameters[i].TryReadGradient(gradient, out var values))
                parameters[i].Add(Sum(values), hasGradient: true);
            else if (TryRead(gradient, out var sum))
                parameters[i].Add(sum, hasGradient: true);
            else
                Later(gradient, i);
        }

        if (_norms.Count > 0)
            ReadBack(parameters);
    }

    /// <summary>The usual case, which needs no wrapper.</summary>
    private static bool TryReadPlain(ParameterWatch parameter, bool closely)
    {
        if (!parameter.IsPlain || !NativeTensors.AreKnown)
            return false;
        var gradient = NativeTensors.Gradient(parameter.Parameter);
        if (gradient == 0)
            return false;
        try
        {
            if (!NativeTensors.TryRead(gradient, out var values))
                return false;
            if (closely)
                parameter.SampleGradient(values);
            parameter.Add(closely && parameter.GradientSquares is { } known ? known : Sum(values), hasGradient: true);
            return true;
        }
        finally
        {
            NativeTensors.Free(gradient);
        }
    }

    private static bool TryRead(Tensor tensor, out double sum)
    {
        sum = 0;
        var type = tensor.dtype;
        if (type is not (ScalarType.Float32 or ScalarType.Float64) || !TensorReader.LiesInMemory(tensor) || tensor.NumberOfElements > int.MaxValue / sizeof(double))
            return false;
        sum = type == ScalarType.Float32 ? Sum(MemoryMarshal.Cast<byte, float>(tensor.bytes)) : Sum(MemoryMarshal.Cast<byte, double>(tensor.bytes));
        return true;
    }

    internal static double Sum(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        for (var rest = values; rest.Length > 0; rest = rest[Math.Min(Piece, rest.Length)..])
        {
            var piece = rest[..Math.Min(Piece, rest.Length)];
            var squares = TensorPrimitives.SumOfSquares(piece);
            sum += float.IsFinite(squares) && squares > LeastSquares ? squares : Wide(piece);
        }

        return sum;
    }

    /// <summary>In double precision, which holds every square of single precision.</summary>
    private static double Wide(ReadOnlySpan<float> values)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        var (low, high) = (Vector<double>.Zero, Vector<double>.Zero);
        foreach (var vector in vectors)
        {
            Vector.Widen(vector, out var a, out var b);
            (low, high) = (low + (a * a), high + (b * b));
        }

        var sum = Vector.Sum(low + high);
        foreach (var x in values[(vectors.Length * Vector<float>.Count)..])
            sum += (double)x * x;
        return sum;
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        var sum = TensorPrimitives.SumOfSquares(values);
        if (double.IsFinite(sum))
            return sum;
        foreach (var x in values)
        {
            if (!double.IsFinite(x))
                return double.NaN;
        }

        // Finite, and larger than can be told.
        return double.MaxValue;
    }

    private void Later(Tensor tensor, int place)
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        var norm = tensor.detach().to(ScalarType.Float32).norm();
        _norms.Add((_norms.Count > 0 ? norm.to(_norms[0].device) : norm).DetachFromDisposeScope());
        _places.Add(place);
    }

    private void ReadBack(IReadOnlyList<ParameterWatch> parameters)
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        var norms = MemoryMarshal.Cast<byte, float>(stack(_norms).cpu().bytes);
        for (var i = 0; i < norms.Length; i++)
        {
            var square = (double)norms[i] * norms[i];
            parameters[_places[i]].Add(double.IsFinite(square) && square > LeastSquares ? square : Exact(parameters[_places[i]].Parameter), hasGradient: true);
        }

        foreach (var norm in _norms)
            norm.Dispose();
        _norms.Clear();
        _places.Clear();
    }

    /// <summary>Of a gradient whose norm single precision may not hold: the squares are taken of its elements over the largest of them.</summary>
    private static double Exact(TorchSharp.Modules.Parameter parameter)
    {
        using var gradient = parameter.grad!;
        var dense = gradient.is_sparse ? gradient.detach().to_dense() : gradient.detach();
        if (dense.NumberOfElements == 0)
            return 0;
        var values = dense.dtype == ScalarType.Float64 ? dense : dense.to(ScalarType.Float32);
        var largest = values.abs().max().ToDouble();
        if (!(largest > 0) || !double.IsFinite(largest))
            return largest == 0 ? 0 : double.NaN;
        var norm = largest * (values / largest).norm().ToDouble();
        return Math.Min(norm * norm, double.MaxValue);
    }
}
