using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace MLNetDebug.Data;

/// <summary>The two products of a tall matrix that ridge regression needs, row by row in single precision.</summary>
internal static class RidgeAlgebra
{
    /// <summary>X'X of a row-major matrix.</summary>
    public static Matrix<double> Gram(float[] rows, int count, int width, CancellationToken cancellation)
    {
        // Single-precision sums of at most a thousand rows, added up in double.
        const int block = 1024;
        var total = new double[width * width];
        var part = new float[width * width];
        for (var start = 0; start < count; start += block)
        {
            cancellation.ThrowIfCancellationRequested();
            Array.Clear(part);
            for (var i = start; i < Math.Min(count, start + block); i++)
            {
                var row = rows.AsSpan(i * width, width);
                for (var c = 0; c < width; c++)
                {
                    var line = part.AsSpan(c * width, c + 1);
                    if (row[c] != 0)
                        TensorPrimitives.MultiplyAdd(row[..(c + 1)], row[c], line, line);
                }
            }

            for (var k = 0; k < total.Length; k++)
                total[k] += part[k];
        }

        return Matrix<double>.Build.Dense(width, width, (a, b) => a >= b ? total[a * width + b] : total[b * width + a]);
    }

    /// <summary>Solves L z = x for every row x, L lower triangular.</summary>
    public static float[] SolveRows(Matrix<double> lower, float[] rows, int count, CancellationToken cancellation)
    {
        // z = L^-1 x, with the inverse formed once: the systems are small and well conditioned by the ridge.
        var width = lower.RowCount;
        var inverse = lower.Solve(Matrix<double>.Build.DenseIdentity(width));
        var flat = new float[width * width];
        for (var a = 0; a < width; a++)
        {
            for (var b = 0; b <= a; b++)
                flat[a * width + b] = (float)inverse[a, b];
        }

        var result = new float[count * width];
        for (var i = 0; i < count; i++)
        {
            if ((i & 255) == 0)
                cancellation.ThrowIfCancellationRequested();
            var row = rows.AsSpan(i * width, width);
            for (var a = 0; a < width; a++)
                result[i * width + a] = TensorPrimitives.Dot(flat.AsSpan(a * width, a + 1), row[..(a + 1)]);
        }

        return result;
    }
}
