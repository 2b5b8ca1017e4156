using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Trainers.Loop;

/// <summary>The temperature that makes held-out labels most likely (Guo et al. 2017), by the formula that a trained network answers with.</summary>
internal static class TemperatureFit
{
    private const double Low = 0.05;
    private const double High = 100;
    private const int Steps = 30;

    // One number needs no more.
    private const int MostRows = 20_000;

    private static readonly double Ratio = (Math.Sqrt(5) - 1) / 2;

    /// <summary>Fits it: a golden section search on its logarithm, in double precision.</summary>
    public static double Of(HeldOutAnswers held)
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        var logits = held.Logits!.slice(0, 0, MostRows, 1).to(ScalarType.Float64);
        var labels = held.Labels!.slice(0, 0, MostRows, 1);
        double Loss(double logT)
        {
            using var inner = NewDisposeScope();
            return nn.functional.nll_loss(HeldOutAnswers.LogProbabilities(held.Task, logits / Math.Exp(logT)), labels).ToDouble();
        }

        double low = Math.Log(Low), high = Math.Log(High);
        double a = high - (Ratio * (high - low)), b = low + (Ratio * (high - low));
        double atA = Loss(a), atB = Loss(b);
        for (var i = 0; i < Steps; i++)
        {
            if (atA < atB)
            {
                (high, b, atB) = (b, a, atA);
                a = high - (Ratio * (high - low));
                atA = Loss(a);
            }
            else
            {
                (low, a, atA) = (a, b, atB);
                b = low + (Ratio * (high - low));
                atB = Loss(b);
            }
        }

        return Math.Exp((low + high) / 2);
    }
}
