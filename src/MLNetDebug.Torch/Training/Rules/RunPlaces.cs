using System.Globalization;
using MLNetDebug.Torch.Networks;

namespace MLNetDebug.Torch.Training;

/// <summary>Subjects of findings on training runs, and code for their optimizers.</summary>
internal static class RunPlaces
{
    /// <summary>The run itself, by the network's type.</summary>
    public static Subject Run(TrainingWindow window, long? step = null) => new(SubjectKind.Run, window.Network) { Step = step };

    /// <summary>The optimizer, or all of them.</summary>
    public static Subject Optimizer(TrainingWindow window) =>
        new(SubjectKind.Trainer, window.Optimizers.Count > 0 ? string.Join(", ", window.Optimizers.Select(o => o.Kind).Distinct()) : "optimizer");

    /// <summary>The first learning rate that is known, a guard's factor included; NaN where none is.</summary>
    public static double Rate(TrainingWindow window) => window.Optimizers.SelectMany(o => o.Groups).Select(g => g.LearningRate).FirstOrDefault(double.IsFinite, double.NaN);

    /// <summary>A step with the optimizer made again, its rate changed; null where none is known.</summary>
    public static string? WithRate(TrainingWindow window, double rate) =>
        window.Optimizers.FirstOrDefault() is { } optimizer && optimizer.Groups.FirstOrDefault() is { } group && OptimizerCode.IsKnown(optimizer.Kind) && double.IsFinite(rate)
            ? $"var optimizer = {OptimizerCode.Create(optimizer.Kind, group with { LearningRate = rate }, "model.parameters()")};"
            : null;

    /// <summary>A part of a rate without the digits that a binary division leaves: a tenth of 0.3 is 0.03.</summary>
    public static double Part(double rate, double by) => Round(rate / by);

    /// <summary>A multiple of a rate, likewise.</summary>
    public static double Times(double rate, double by) => Round(rate * by);

    private static double Round(double rate) => double.Parse(rate.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
