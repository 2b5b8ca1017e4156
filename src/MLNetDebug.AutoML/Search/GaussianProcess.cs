using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace MLNetDebug.AutoML.Search;

/// <summary>
/// Gaussian process regression with a Matérn kernel of smoothness 5/2 and a length for each dimension (Rasmussen and Williams, Gaussian Processes for Machine Learning, 2006, algorithm 2.1; the kernel as
/// Snoek et al., Practical Bayesian Optimization of Machine Learning Algorithms, NIPS 2012, advise). Its lengths, noise and height are those of the highest posterior density.
/// </summary>
internal sealed class GaussianProcess
{
    private readonly IReadOnlyList<double[]> _places;
    private readonly Hyperparameters _hyper;
    private readonly Cholesky<double> _factor;
    private readonly Vector<double> _weights;

    private GaussianProcess(IReadOnlyList<double[]> places, Hyperparameters hyper, Cholesky<double> factor, Vector<double> weights) =>
        (_places, _hyper, _factor, _weights) = (places, hyper, factor, weights);

    /// <summary>What was fitted.</summary>
    public Hyperparameters Fitted => _hyper;

    /// <summary>Fits a process to values of mean 0 and about unit variance.</summary>
    /// <param name="places">Where they were observed, at least one; all of one length, about the unit cube.</param>
    /// <param name="values">The values, as many.</param>
    public static GaussianProcess Fit(IReadOnlyList<double[]> places, IReadOnlyList<double> values)
    {
        var target = Vector<double>.Build.DenseOfEnumerable(values);
        var best = HyperparameterSearch.Run(places[0].Length, hyper => LogPosterior(places, target, hyper));
        return Of(places, target, best) ?? throw new InvalidOperationException("No kernel matrix could be factorised.");
    }

    /// <summary>A process with given hyperparameters; null where its matrix cannot be factorised.</summary>
    public static GaussianProcess? Of(IReadOnlyList<double[]> places, Vector<double> values, Hyperparameters hyper)
    {
        if (Factorise(places, hyper) is not { } factor)
            return null;
        return new GaussianProcess(places, hyper, factor, factor.Solve(values));
    }

    /// <summary>Mean and standard deviation of the function, without noise, at a place.</summary>
    public (double Mean, double Deviation) At(double[] place)
    {
        var cross = Vector<double>.Build.Dense(_places.Count, i => _hyper.Kernel(place, _places[i]));
        var variance = _hyper.Height - cross.DotProduct(_factor.Solve(cross));
        return (cross.DotProduct(_weights), Math.Sqrt(Math.Max(variance, 1e-12)));
    }

    /// <summary>Log marginal likelihood plus log prior, up to a constant.</summary>
    internal static double LogPosterior(IReadOnlyList<double[]> places, Vector<double> values, Hyperparameters hyper)
    {
        if (Factorise(places, hyper) is not { } factor)
            return double.NegativeInfinity;
        return (-0.5 * values.DotProduct(factor.Solve(values))) - (0.5 * factor.DeterminantLn) + hyper.LogPrior;
    }

    private static Cholesky<double>? Factorise(IReadOnlyList<double[]> places, Hyperparameters hyper)
    {
        var matrix = Matrix<double>.Build.Dense(places.Count, places.Count);
        for (var i = 0; i < places.Count; i++)
        {
            for (var j = 0; j <= i; j++)
                matrix[i, j] = matrix[j, i] = hyper.Kernel(places[i], places[j]) + (i == j ? hyper.Noise : 0);
        }

        try
        {
            return matrix.Cholesky();
        }
        catch (ArgumentException)
        {
            // Not positive definite: two places are one, and their noise is too small to tell them apart.
            return null;
        }
    }
}
