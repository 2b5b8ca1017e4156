using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;
using MLNetDebug.Torch.Zoo.Tables;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Torch.Zoo.Training.Tables;

/// <summary>
/// Does a plant harm? Its held-out metric is compared with its twin's over five paired seeds: it does where it is worse with p below 0.05 (paired t, one-sided). What gives an error is a fact and advice
/// needs no harm.
/// </summary>
/// <param name="Program">The program.</param>
/// <param name="Loss">Mean of the held-out metric that is lost.</param>
/// <param name="PValue">Its p-value; 0 where none is asked for.</param>
/// <param name="Why">What the verdict stands on.</param>
internal sealed record TrainingHarm(TrainingProgram Program, double Loss, double PValue, string Why)
{
    public const int Seeds = 5;

    public bool IsSick => PValue < 0.05;

    public TableRow Row => TableRow.Shown($"4.harm-{Program.Id}", Seeds, Loss, $"metric lost; {Why}");

    /// <param name="program">The program.</param>
    /// <param name="metrics">The metrics of the sick run and of its twin, seed by seed.</param>
    public static TrainingHarm Of(TrainingProgram program, IReadOnlyList<(double Sick, double Twin)> metrics)
    {
        double[] losses = [.. metrics.Take(Seeds).Select(m => m.Twin - m.Sick)];
        if (NetworkRules.IsAdvice(program.ExpectedRule) || NetworkRules.IsFact(program.ExpectedRule))
            return new TrainingHarm(program, losses.Mean(), 0, NetworkRules.IsFact(program.ExpectedRule) ? "a fact" : "advice");
        var t = losses.Mean() / Math.Max(losses.StandardDeviation(), 1e-9) * Math.Sqrt(losses.Length);
        var p = 1 - StudentT.CDF(0, 1, losses.Length - 1, t);
        return new TrainingHarm(program, losses.Mean(), p, $"of {metrics.Take(Seeds).Average(m => m.Twin):0.000}, p {p:0.0000}: {(p < 0.05 ? "sick" : "harmless")}");
    }
}
