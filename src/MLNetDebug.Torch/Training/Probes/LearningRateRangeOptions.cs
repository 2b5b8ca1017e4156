using System.ComponentModel.DataAnnotations;

namespace MLNetDebug.Torch.Training;

/// <summary>How a learning-rate range test runs. Everything has a default.</summary>
public sealed record LearningRateRangeOptions
{
    /// <summary>The first rate, in [1e-12, 1000]. Default 1e-7.</summary>
    [Range(1e-12, 1e3)]
    public double From { get; init; } = 1e-7;

    /// <summary>The last rate, in [1e-12, 1000] and above <see cref="From"/>. Default 10.</summary>
    [Range(1e-12, 1e3)]
    public double To { get; init; } = 10;

    /// <summary>Steps from the first rate to the last, in [20, 100000]; each has its rate, and equal steps multiply it alike. Default 100.</summary>
    [Range(20, 100_000)]
    public int Steps { get; init; } = 100;

    /// <summary>The decay of the exponential mean that smooths the losses, in [0, 0.99]; its start is corrected. Default 0.9, as <see cref="LossTrack.Smoothed"/>; 0 smooths nothing.</summary>
    [Range(0, 0.99)]
    public double Smoothing { get; init; } = 0.9;

    /// <summary>A repeat ends where the smoothed loss reaches so many times its best, in [1.1, 1000000]. Default 4.</summary>
    [Range(1.1, 1e6)]
    public double StopAt { get; init; } = 4;

    /// <summary>How often the test is run, each time with other batches at each rate, in [1, 100]. Default 3.</summary>
    [Range(1, 100)]
    public int Repeats { get; init; } = 3;

    /// <summary>What the orders of the batches and the random state of the repeats come from, from 0. Default 0.</summary>
    [Range(0, int.MaxValue)]
    public int Seed { get; init; }

    /// <summary>Ends the test early: everything is put back, and <see cref="OperationCanceledException"/> is thrown. Default: none.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Is told of each step. Default: none.</summary>
    public IProgress<LearningRateRangeProgress>? Progress { get; init; }
}

/// <summary>Where a range test stands.</summary>
/// <param name="Repeat">The zero-based repeat.</param>
/// <param name="Step">Its zero-based step.</param>
/// <param name="Rate">The rate at that step.</param>
/// <param name="Loss">Its loss; not finite where it was not.</param>
public readonly record struct LearningRateRangeProgress(int Repeat, int Step, double Rate, double Loss);
