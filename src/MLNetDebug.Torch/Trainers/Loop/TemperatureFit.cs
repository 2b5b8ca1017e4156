using MLNetDebug.Data;
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

        return Math.Exp(GoldenSection.Minimum(Loss, Math.Log(Low), Math.Log(High), Steps));
    }
}
