using MLNetDebug.Torch.Networks;

namespace MLNetDebug.Torch.Training;

/// <summary>The training loss, as the loop computes it, over the run.</summary>
public sealed record LossTrack
{
    /// <summary>At most so many points of the curve over the whole run are kept.</summary>
    public const int CurvePoints = 128;

    /// <summary>The losses of the last <see cref="TrainingWindow.Steps"/> steps at most, oldest first; NaN where one was not finite.</summary>
    public IReadOnlyList<double> Recent { get; init; } = [];

    /// <summary>The loss over the whole run: means over <see cref="CurveStride"/> steps each, oldest first, at most <see cref="CurvePoints"/>; steps whose loss was not finite are left out.</summary>
    public IReadOnlyList<double> Curve { get; init; } = [];

    /// <summary>Steps in one point of <see cref="Curve"/>; it doubles whenever the curve is full.</summary>
    public int CurveStride { get; init; } = 1;

    /// <summary>The loss of the very first step; NaN where it was not finite.</summary>
    public double First { get; init; } = double.NaN;

    /// <summary>
    /// The exponential mean of the losses, decay 0.9, its start corrected (as Adam's; Kingma and Ba 2015); steps that were not finite are left out. NaN before the first.
    /// </summary>
    public double Smoothed { get; init; } = double.NaN;

    /// <summary>The lowest <see cref="Smoothed"/> from the tenth step on; NaN before.</summary>
    public double Best { get; init; } = double.NaN;

    /// <summary>The step of <see cref="Best"/>; -1 before.</summary>
    public long BestStep { get; init; } = -1;

    /// <summary>The smallest single loss; NaN before the first.</summary>
    public double Least { get; init; } = double.NaN;

    /// <summary>Steps whose loss was finite.</summary>
    public long Finite { get; init; }

    /// <summary>Steps whose loss was not.</summary>
    public long NonFinite { get; init; }

    /// <summary>Which loss it is, found by its numbers on the network's output and the batch's last tensor; unknown where none of TorchSharp's explains it.</summary>
    public LossKind Kind { get; init; }

    /// <summary>How it reduces.</summary>
    public LossReduction Reduction { get; init; }

    /// <summary>Classes, where the targets are class indices; 0 otherwise.</summary>
    public long Classes { get; init; }

    /// <summary>
    /// The loss of the best constant answer: the entropy of the labels seen so far for cross-entropies, the mean over sampled batches of the targets' variance for squared errors. NaN where it is not known.
    /// In the loss's own mean; where <see cref="Reduction"/> is a sum, not comparable with the losses.
    /// </summary>
    public double ConstantLoss { get; init; } = double.NaN;
}
