using CsCheck;
using MathNet.Numerics.LinearAlgebra;
using MLNetDebug.AutoML.Search;

namespace MLNetDebug.AutoML.Tests.Search;

/// <summary>The process beside the formulas of textbooks, with an inverse and a determinant instead of a factor.</summary>
[TestClass]
public sealed class GaussianProcessTests
{
    private static readonly Gen<double> Unit = Gen.Double[0, 1];

    private static readonly Gen<(double[][] Places, double[] Values, Hyperparameters Hyper, double[] At)> Case =
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 12]).SelectMany((dimensions, count) => Gen.Select(
            Unit.Array[dimensions].Array[count], Gen.Double[-3, 3].Array[count],
            Gen.Select(Gen.Double[0.05, 5].Array[dimensions], Gen.Double[0.1, 5], Gen.Double[0.01, 1]).Select((l, h, n) => new Hyperparameters(l, h, n)),
            Gen.Double[-0.5, 1.5].Array[dimensions]));

    private static Vector<double> Vector(double[] values) => Vector<double>.Build.Dense(values);

    private static double Matern(double[] a, double[] b, Hyperparameters h)
    {
        var r = Math.Sqrt(a.Zip(b).Zip(h.Lengths).Sum(p => Math.Pow((p.First.First - p.First.Second) / p.Second, 2)));
        return h.Height * (1 + (Math.Sqrt(5) * r) + (5 * r * r / 3)) * Math.Exp(-Math.Sqrt(5) * r);
    }

    private static Matrix<double> Covariance(double[][] places, Hyperparameters h, double noise) =>
        Matrix<double>.Build.Dense(places.Length, places.Length, (i, j) => Matern(places[i], places[j], h) + (i == j ? noise : 0));

    [TestMethod]
    public void At_IsWhatTheInverseGives() => Case.Sample(c =>
    {
        var (mean, deviation) = GaussianProcess.Of(c.Places, Vector(c.Values), c.Hyper)!.At(c.At);
        var inverse = Covariance(c.Places, c.Hyper, c.Hyper.Noise).Inverse();
        var cross = Vector([.. c.Places.Select(p => Matern(p, c.At, c.Hyper))]);
        Assert.AreEqual(cross * inverse * Vector(c.Values), mean, 1e-6);
        Assert.AreEqual(c.Hyper.Height - (cross * inverse * cross), deviation * deviation, 1e-6);
    }, iter: 300);

    [TestMethod]
    public void LogPosterior_IsThatOfTheNormalDensity() => Case.Sample(c =>
    {
        var matrix = Covariance(c.Places, c.Hyper, c.Hyper.Noise);
        var values = Vector(c.Values);
        // The eigenvalues give the determinant by another way than a factor does.
        var density = -0.5 * ((values * matrix.Inverse() * values) + matrix.Evd(Symmetricity.Symmetric).EigenValues.Sum(e => Math.Log(e.Real)));
        static double Prior(double value, double median, double spread) => -Math.Pow(Math.Log(value / median), 2) / (2 * spread * spread);
        var prior = c.Hyper.Lengths.Sum(l => Prior(l, 0.5, 0.7)) + Prior(c.Hyper.Height, 1, 0.7) + Prior(c.Hyper.Noise, 0.01, 1.5);
        var ours = GaussianProcess.LogPosterior(c.Places, values, c.Hyper);
        Assert.AreEqual(density + prior, ours, 1e-6 * (1 + Math.Abs(ours)));
    }, iter: 300);

    [TestMethod]
    public void Kernel_IsPositiveSemidefinite() => Case.Sample(c =>
    {
        // With each place twice the matrix is singular, and still must not be negative.
        double[][] places = [.. c.Places, .. c.Places];
        var least = Covariance(places, c.Hyper, 0).Evd(Symmetricity.Symmetric).EigenValues.Min(e => e.Real);
        Assert.IsGreaterThan(-1e-10 * c.Hyper.Height * places.Length, least);
        Assert.AreEqual(Matern(places[0], c.At, c.Hyper), c.Hyper.Kernel(c.At, places[0]), 1e-12);
    }, iter: 200);

    [TestMethod]
    public void At_WithoutNoise_PassesThroughTheValues_AndIsUnsureFarAway()
    {
        double[][] places = [[0.1], [0.5], [0.8]];
        var process = GaussianProcess.Of(places, Vector([1, -1, 0.5]), new Hyperparameters([0.3], 2, 1e-10))!;
        Assert.AreEqual(-1, process.At([0.5]).Mean, 1e-6);
        Assert.IsLessThan(1e-3, process.At([0.5]).Deviation);
        var far = process.At([100]);
        Assert.AreEqual((0, Math.Sqrt(2)), (Math.Round(far.Mean, 9), far.Deviation));
    }

    [TestMethod]
    public void Of_WithoutNoise_SaysWhereTwoPlacesAreOne()
    {
        Assert.IsNull(GaussianProcess.Of([[0.5], [0.5]], Vector([1, -1]), new Hyperparameters([0.3], 1, 0)));
        Assert.AreEqual(double.NegativeInfinity, GaussianProcess.LogPosterior([[0.5], [0.5]], Vector([1, -1]), new Hyperparameters([0.3], 1, 0)));
    }

    [TestMethod]
    public void Fit_OfPlacesThatAreOne_GivesTheirMean() => Assert.AreEqual(0.5, GaussianProcess.Fit([[0.5], [0.5], [0.5], [0.5]], [0.4, 0.6, 0.4, 0.6]).At([0.5]).Mean, 0.02);

    [TestMethod]
    public void Fit_FindsWhichDimensionMatters()
    {
        var random = new Random(3);
        double[][] places = [.. Enumerable.Range(0, 40).Select(_ => (double[])[random.NextDouble(), random.NextDouble()])];
        var process = GaussianProcess.Fit(places, [.. places.Select(p => Math.Sin(8 * p[0]))]);
        Assert.IsGreaterThan(2 * process.Fitted.Lengths[0], process.Fitted.Lengths[1], string.Join(' ', process.Fitted.Lengths));
        var error = Enumerable.Range(0, 200).Max(_ => random.NextDouble() is var x ? Math.Abs(process.At([x, random.NextDouble()]).Mean - Math.Sin(8 * x)) : 0);
        Assert.IsLessThan(0.25, error);
    }

    [TestMethod]
    public void Fit_OfNoise_SaysThatItIsNoise()
    {
        var random = new Random(5);
        double[][] places = [.. Enumerable.Range(0, 60).Select(_ => (double[])[random.NextDouble()])];
        var process = GaussianProcess.Fit(places, [.. places.Select(_ => MathNet.Numerics.Distributions.Normal.Sample(random, 0, 1))]);
        Assert.IsGreaterThan(0.4, process.Fitted.Noise);
    }
}
