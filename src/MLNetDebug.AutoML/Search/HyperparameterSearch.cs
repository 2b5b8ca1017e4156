using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;

namespace MLNetDebug.AutoML.Search;

/// <summary>Finds the hyperparameters of the highest posterior density (Nelder and Mead 1965), from one start: the priors leave one mode at most times.</summary>
internal static class HyperparameterSearch
{
    private const int MostEvaluations = 400;
    private const double Tolerance = 1e-3;

    // Outside, the kernel is a constant or noise to the last bit.
    private const double LogLimit = 7;

    /// <param name="dimensions">Lengths there are.</param>
    /// <param name="density">The log density of some; minus infinity where there is none.</param>
    public static Hyperparameters Run(int dimensions, Func<Hyperparameters, double> density)
    {
        var start = Hyperparameters.Start(dimensions);
        var (best, highest, evaluations) = (start, density(start), 1);
        var objective = ObjectiveFunction.Value(logs =>
        {
            if (evaluations >= MostEvaluations || logs.Any(l => Math.Abs(l) > LogLimit))
                return double.MaxValue / 4;
            evaluations++;
            var hyper = Of(logs);
            var value = density(hyper);
            if (value > highest)
                (best, highest) = (hyper, value);
            return double.IsFinite(value) ? -value : double.MaxValue / 4;
        });
        try
        {
            new NelderMeadSimplex(Tolerance, MostEvaluations).FindMinimum(objective, Logs(start), Vector<double>.Build.Dense(dimensions + 2, 0.5));
        }
        catch (OptimizationException)
        {
            // It did not converge within its evaluations: the best of them is good enough to propose a trial.
        }

        return best;
    }

    private static Hyperparameters Of(Vector<double> logs) => new([.. logs.Take(logs.Count - 2).Select(v => Math.Exp(v))], Math.Exp(logs[^2]), Math.Exp(logs[^1]));

    private static Vector<double> Logs(Hyperparameters hyper) =>
        Vector<double>.Build.DenseOfEnumerable(hyper.Lengths.Append(hyper.Height).Append(hyper.Noise).Select(v => Math.Log(v)));
}
