using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace MLNetDebug.Data;

/// <summary>
/// How much of the labels a ridge regression on all features explains: y'Hy without its diagonal, H = X (X'X + lambda I)^-1 X'. Features are
/// factored once; every other labelling of the same rows, such as one offset by k rows, costs one pass. The permutation mean and variance
/// follow from traces of H, so no labels are shuffled and no model is fitted twice.
/// </summary>
internal sealed class LinearAgreement
{
    private readonly float[] _whitened;
    private readonly int _width;
    private readonly double _leverage;
    private readonly double _skewness;
    private readonly PairMatrixSums _sums;

    /// <param name="rows">Centred features.</param>
    /// <param name="ridge">lambda in units of the mean eigenvalue of X'X.</param>
    /// <param name="cancellation">Ends it early.</param>
    public LinearAgreement(ModelRows rows, double ridge, CancellationToken cancellation)
    {
        _width = rows.Width;
        var gram = RidgeAlgebra.Gram(rows.Features, rows.Count, _width, cancellation);
        var lambda = Math.Max(1e-9, ridge * Enumerable.Range(0, _width).Sum(c => gram[c, c]) / _width);
        for (var c = 0; c < _width; c++)
            gram[c, c] += lambda;

        // With X'X + lambda I = L L', the rows of X L'^-1 have H as their matrix of inner products.
        var factor = gram.Cholesky().Factor;
        _whitened = RidgeAlgebra.SolveRows(factor, rows.Features, rows.Count, cancellation);

        double trace = 0, diagonalSquares = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            double leverage = TensorPrimitives.SumOfSquares(Row(i));
            trace += leverage;
            diagonalSquares += leverage * leverage;
        }

        // H has row sums 0 because X is centred, so without its diagonal they are minus the leverages.
        var inner = RidgeAlgebra.Gram(_whitened, rows.Count, _width, cancellation);
        var frobenius = inner.FrobeniusNorm();
        _leverage = trace;
        _sums = new PairMatrixSums(-trace, 2 * (frobenius * frobenius - diagonalSquares), 4 * diagonalSquares);
        var cubes = (inner * inner).PointwiseMultiply(inner).RowSums().Sum();
        _skewness = cubes > 0 ? Math.Pow(frobenius, 6) / (cubes * cubes) : double.PositiveInfinity;
        EffectiveShrinkage = trace > 0 ? frobenius * frobenius / trace : 0;
        Count = rows.Count;
    }

    public int Count { get; }

    /// <summary>tr(H^2) / tr(H): what is left of an explained share after shrinkage, on average over directions; in [0, 1].</summary>
    public double EffectiveShrinkage { get; }

    /// <summary>The share of the labels' variance explained, shrinkage made good, chance not yet taken off.</summary>
    public PermutationStatistic Of(LabelScores labels)
    {
        var sum = labels.Classes is { } classes ? OfClasses(classes, labels.ClassCount) : OfScores(labels.Scores!);
        var (mean, variance) = PairMatrixSums.Moments(_sums, labels.Sums, Count);
        var unit = labels.Total * EffectiveShrinkage;
        if (unit <= 0)
            return new PermutationStatistic(0, 0, 0);
        return new PermutationStatistic(sum / unit, mean / unit, Math.Sqrt(variance) / unit)
        {
            // (sum l^2)^3 / (sum l^3)^2 over the eigenvalues l of H, once per contrast of the labels.
            DegreesOfFreedom = _skewness * Math.Max(1, labels.ClassesPresent - 1),
        };
    }

    private ReadOnlySpan<float> Row(int row) => _whitened.AsSpan(row * _width, _width);

    private double OfClasses(int[] classes, int classCount)
    {
        var sums = new float[classCount * _width];
        for (var i = 0; i < classes.Length; i++)
        {
            var sum = sums.AsSpan(classes[i] * _width, _width);
            TensorPrimitives.Add(sum, Row(i), sum);
        }

        return TensorPrimitives.SumOfSquares<float>(sums) - _leverage;
    }

    private double OfScores(double[] scores)
    {
        var sum = new float[_width];
        double diagonal = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            TensorPrimitives.MultiplyAdd(Row(i), (float)scores[i], sum, sum);
            diagonal += scores[i] * scores[i] * TensorPrimitives.SumOfSquares(Row(i));
        }

        return TensorPrimitives.SumOfSquares<float>(sum) - diagonal;
    }
}
