using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;
using MLNetDebug.Torch.Zoo.Programs;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Torch.Zoo.Tables;

/// <summary>
/// Does a plant harm? Sick run and twin are trained on five paired seeds; a plant counts as sick where its held-out metric is worse with p below 0.05 (paired t, one-sided), or where
/// training throws. What gives an error is a fact and needs no training; advice needs no harm. Statistics that dropout spoilt harm where the same trained network, its statistics gathered anew,
/// does better: against a network without dropout, dropout itself would be on trial.
/// </summary>
/// <param name="Program">The program.</param>
/// <param name="Loss">Mean of the held-out metric that is lost; NaN where nothing was trained.</param>
/// <param name="PValue">Its p-value; 0 where nothing had to be trained.</param>
/// <param name="Why">What the verdict stands on.</param>
internal sealed record Harm(NetworkProgram Program, double Loss, double PValue, string Why)
{
    private const int Seeds = 5;

    public bool IsSick => PValue < 0.05;

    /// <summary>What is printed of it: nothing where nothing was trained.</summary>
    public IEnumerable<TableRow> Rows => double.IsNaN(Loss) ? [] : [TableRow.Shown($"3.harm-{Program.Id}", Seeds, Loss, $"metric lost; {Why}")];

    public static Harm Of(NetworkProgram program, int firstSeed)
    {
        if (NetworkRules.IsAdvice(program.ExpectedRule))
            return new Harm(program, double.NaN, 0, "advice");
        if (NetworkRules.IsFact(program.ExpectedRule) || program.IsFact)
            return new Harm(program, double.NaN, 0, "a fact");
        var (losses, twins) = (new double[Seeds], new double[Seeds]);
        for (var i = 0; i < Seeds; i++)
        {
            if (Metric(() => program.Sick(firstSeed + i)) is not { } sick)
                return new Harm(program, double.NaN, 0, "training throws");
            twins[i] = (program.ExpectedRule == RuleIds.VarianceShift
                ? Metric(() => program.Sick(firstSeed + i), r => r.RecalibratedMetric())
                : Metric(() => program.Twin(firstSeed + i)))!.Value;
            losses[i] = twins[i] - sick;
        }

        var t = losses.Mean() / Math.Max(losses.StandardDeviation(), 1e-9) * Math.Sqrt(Seeds);
        var p = 1 - StudentT.CDF(0, 1, Seeds - 1, t);
        return new Harm(program, losses.Mean(), p, $"of {twins.Mean():0.000}, p {p:0.0000}: {(p < 0.05 ? "sick" : "harmless")}");
    }

    /// <summary>The held-out metric after training; null where libtorch or TorchSharp refuses.</summary>
    private static double? Metric(Func<NetworkRun> start, Func<NetworkRun, double>? metric = null)
    {
        try
        {
            using var run = start();
            return metric?.Invoke(run) ?? run.TrainedMetric();
        }
        catch (Exception e) when (e is System.Runtime.InteropServices.ExternalException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
