using System.Runtime.InteropServices;
using MLNetDebug.Data;
using MLNetDebug.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Trainers.Loop;

/// <summary>The temperature that makes held-out labels most likely (Guo et al. 2017).</summary>
internal static class TemperatureFit
{
    private static readonly TemperatureRange Range = new(0.05, 64, 24);

    /// <summary>Fits it on probabilities at temperature 1.</summary>
    public static double Of(Validation held)
    {
        using var scope = NewDisposeScope();
        var answers = held.Probabilities!;
        var matrix = answers.dim() == 1 ? stack([1 - answers, answers], 1) : answers;
        var numbers = MemoryMarshal.Cast<byte, float>(matrix.contiguous().bytes).ToArray();
        int[] labels = [.. MemoryMarshal.Cast<byte, long>(held.Labels!.bytes).ToArray().Select(l => (int)l)];
        Calibration.ToLogs(numbers);
        return Calibration.Fit(numbers, labels, (int)matrix.size(1), Range);
    }
}
