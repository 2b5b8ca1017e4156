using MLNetDebug.Data;

namespace MLNetDebug.Guards;

/// <summary>A network whose loss ended above where it began, and far above that of one answer for every row.</summary>
/// <param name="Epoch">The last epoch.</param>
/// <param name="First">Mean loss of the first epoch.</param>
/// <param name="Last">Mean loss of the last epoch.</param>
/// <param name="Constant">Loss of the best constant answer on the labels.</param>
internal sealed record RisingLoss(int Epoch, double First, double Last, double Constant)
{
    /// <summary>Times the constant answer's loss that the last epoch must reach: a head that begins at random starts above it, and falls.</summary>
    public const double Factor = 2;

    /// <summary>The rise of a run; null where there was none, or where it cannot be told.</summary>
    public static RisingLoss? Of(FitRun run)
    {
        var epochs = run.Signals.Where(s => s is { Epoch: not null, Loss: not null }).GroupBy(s => s.Epoch!.Value).OrderBy(e => e.Key)
            .Select(e => (e.Key, Mean: e.Average(s => s.Loss!.Value))).ToArray();
        if (epochs.Length < 2 || run.Data?.Label is not { } label || ConstantLoss(label, run.Data.Declaration.Task) is not { } constant)
            return null;
        var (first, last) = (epochs[0].Mean, epochs[^1].Mean);
        return last > first && last >= Factor * constant ? new RisingLoss(epochs[^1].Key, first, last, constant) : null;
    }

    private static double? ConstantLoss(LabelProfile label, LearningTask task)
    {
        if (task == LearningTask.Regression)
            return label.Moments is { Variance: > 0 } moments ? moments.Variance : null;
        var rows = (double)label.Classes.Sum(c => c.Count);
        return task == LearningTask.MulticlassClassification && label.Classes.Count > 1 ? -label.Classes.Sum(c => c.Count / rows * Math.Log(c.Count / rows)) : null;
    }
}
