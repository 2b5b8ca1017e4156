using Microsoft.ML.AutoML;
using MLNetDebug.Data;

namespace MLNetDebug.AutoML.Experiment;

/// <summary>Checks what a runner gave: a loss and a metric that AutoML and its tuners can take.</summary>
internal static class ResultChecks
{
    /// <summary>
    /// Losses beyond this say "failed", not "bad", and are kept from the tuners: run on AutoML 0.23, a loss of double.MaxValue ended 9 of 20 experiments of the ECI tuner with
    /// IndexOutOfRangeException, and SMAC, which works in Single, hung.
    /// </summary>
    private const double Largest = float.MaxValue;

    /// <summary>Why a result cannot be used; null where it can.</summary>
    public static TrialEnd? Judge(TrialResult? result)
    {
        if (result is null)
            return new TrialEnd(TrialOutcome.Failed, "The runner gave no result.");
        return OfNumber("loss", result.Loss, result) ?? OfNumber("metric", result.Metric, result);
    }

    private static TrialEnd? OfNumber(string name, double value, TrialResult result) => Math.Abs(value) <= Largest ? null
        : new TrialEnd(TrialOutcome.InvalidMetric, double.IsFinite(value)
            ? $"The {name} is {Words.Number(value)}, which tuners cannot take."
            : $"The {name} is {Words.Number(value)}: a metric that is no finite number is no metric.")
        {
            Loss = result.Loss,
            Metric = result.Metric,
        };
}
