using MLNetDebug.Torch.Networks;
using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Tests.Training;

/// <summary>Windows of runs by their losses, gradients and updates.</summary>
internal static class Courses
{
    /// <summary>Losses that fall from one number to another, with a little noise.</summary>
    public static double[] Falling(int steps, double from, double to) => [.. Enumerable.Range(0, steps).Select(i => (from + ((to - from) * i / Math.Max(1, steps - 1))) * (1 + (0.02 * ((i * 7 % 5) - 2) / 2)))];

    /// <summary>A run of a classifier with three layers.</summary>
    public static TrainingWindow Of(double[] losses, double update = 1e-3, double constant = 2.3, double[]? norms = null, double growth = 1, int classes = 10, params double[] gradients)
    {
        double[] each = gradients.Length > 0 ? gradients : [0.1, 0.1, 0.1];
        return new()
        {
            Network = "Net",
            Step = losses.Length - 1,
            Loss = new()
            {
                Recent = [.. losses.TakeLast(TrainingWindow.Steps)],
                Curve = [.. losses.Chunk(Math.Max(1, (losses.Length + 63) / 64)).Select(c => c.Average())],
                CurveStride = Math.Max(1, (losses.Length + 63) / 64),
                First = losses.Length > 0 ? losses[0] : double.NaN,
                Smoothed = losses.Length > 0 ? losses[^1] : double.NaN,
                Best = losses.Length > 0 ? losses.Min() : double.NaN,
                BestStep = 10,
                Least = losses.Length > 0 ? losses.Min() : double.NaN,
                Finite = losses.Length,
                Kind = LossKind.CrossEntropy,
                Reduction = LossReduction.Mean,
                Classes = classes,
                ConstantLoss = constant,
            },
            GradientNorms = norms ?? [.. losses.TakeLast(TrainingWindow.GradientSteps).Select((_, i) => 1 + (0.05 * (i % 3)))],
            Parameters = [.. each.Select((g, i) => Weight($"fc{i + 1}", g, update, growth, Math.Min(losses.Length, TrainingWindow.GradientSteps)))],
            Optimizers = [new OptimizerProfile { Kind = "SGD", Groups = [new ParameterGroupProfile { Index = 0, LearningRate = 0.5, Momentum = 0.9 }] }],
        };
    }

    /// <summary>Epochs with a held-out loss each.</summary>
    public static IReadOnlyList<EpochRecord> Epochs(double accuracy, params double[] losses) =>
        [.. losses.Select((l, i) => new EpochRecord { Epoch = i, Steps = 50, Validation = new() { Loss = l, LogLoss = l, Accuracy = accuracy, Rows = 400, Classes = 10, MajorityShare = 0.12, LabelEntropy = 2.3 } })];

    private static ParameterTrack Weight(string module, double gradient, double update, double growth, int steps) => new()
    {
        Name = module + ".weight",
        Module = module,
        ModuleType = "Linear",
        Role = ParameterRole.Weight,
        Shape = [16, 16],
        Order = module[^1] - '0',
        GradientNorms = [.. Enumerable.Range(0, steps).Select(i => gradient * (1 + (0.05 * (i % 3))))],
        InitialNorm = 8,
        Norm = 8 * growth,
        UpdateRatios = [.. Enumerable.Repeat(update, Math.Min(TrainingWindow.Samples, steps / 10))],
    };
}
