using System.Runtime.InteropServices;
using MLNetDebug.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training;

/// <summary>Reads held-out probabilities and labels from tensors of whatever type, device and layout.</summary>
internal static class ValidationTensors
{
    // Numbers that are copied at a time: 16 MB.
    private const int Piece = 1 << 22;

    /// <summary>The probabilities as rows of at least one number.</summary>
    /// <exception cref="ArgumentException">They are no rows of numbers, or none.</exception>
    public static Tensor Matrix(Tensor probabilities)
    {
        ThrowIfGone(probabilities, nameof(Validation.Probabilities));
        if (!is_floating_point(probabilities) || probabilities.dim() is not (1 or 2) || probabilities.shape.Any(s => s == 0))
            throw new ArgumentException($"The validation's Probabilities are {Shape(probabilities)}; expected are floating-point numbers [rows, classes], or [rows] for two classes, and at least one row.");
        var detached = probabilities.detach();
        return detached.dim() == 1 ? detached.unsqueeze(1) : detached;
    }

    /// <summary>The class of each row.</summary>
    /// <exception cref="ArgumentException">There are not as many as rows, or one is no class.</exception>
    public static int[] Classes(Tensor labels, long rows, int classes)
    {
        ThrowIfGone(labels, nameof(Validation.Labels));
        if (is_complex(labels) || !(labels.dim() == 1 || (labels.dim() == 2 && labels.shape[1] == 1)))
            throw new ArgumentException($"The validation's Labels are {Shape(labels)}; expected is one class index a row, [rows].");
        if (labels.shape[0] != rows)
            throw new ArgumentException($"The validation has {Words.Count(labels.shape[0], "label")} to {Words.Count(rows, "row")} of probabilities.");
        using var scope = NewDisposeScope();
        var host = labels.detach().flatten().to(ScalarType.Float64).cpu().contiguous();
        var values = MemoryMarshal.Cast<byte, double>(host.bytes);
        var indices = new int[values.Length];
        for (var i = 0; i < indices.Length; i++)
        {
            if (!(values[i] >= 0 && values[i] < classes && values[i] == Math.Floor(values[i])))
                throw new ArgumentException($"The validation's label of row {Words.Number((long)i)} is {Words.Number(values[i])}; expected is a class from 0 to {Words.Number((long)classes - 1)}.");
            indices[i] = (int)values[i];
        }

        return indices;
    }

    /// <summary>Whole rows of a matrix, one piece after the other, copied as numbers in single precision.</summary>
    public static IEnumerable<float[]> Pieces(Tensor matrix)
    {
        var rows = Math.Max(1, Piece / matrix.shape[1]);
        for (var start = 0L; start < matrix.shape[0]; start += rows)
            yield return Copy(matrix, start, Math.Min(rows, matrix.shape[0] - start));
    }

    private static float[] Copy(Tensor matrix, long start, long rows)
    {
        using var scope = NewDisposeScope();
        var host = matrix.narrow(0, start, rows).to(ScalarType.Float32).cpu().contiguous();
        return MemoryMarshal.Cast<byte, float>(host.bytes).ToArray();
    }

    private static void ThrowIfGone(Tensor tensor, string member)
    {
        if (tensor.IsInvalid)
            throw new ArgumentException($"The validation's {member} have been disposed.");
    }

    private static string Shape(Tensor tensor) => $"{tensor.dtype} [{string.Join(", ", tensor.shape)}]";
}
