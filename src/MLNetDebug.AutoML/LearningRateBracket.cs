namespace MLNetDebug.AutoML;

/// <summary>What a range test has shown of one batch size.</summary>
public sealed record LearningRateBracket
{
    /// <summary>The rate from which on the loss falls; NaN where it fell at none.</summary>
    public double Moves { get; init; } = double.NaN;

    /// <summary>A rate at which training is stable; the divergence boundary lies above it. NaN where none was.</summary>
    public double DivergesLow { get; init; } = double.NaN;

    /// <summary>A rate at which training diverges; the divergence boundary lies below it. Infinity where none up to the highest that was tried.</summary>
    public double DivergesHigh { get; init; } = double.NaN;

    /// <summary>The rate to begin with; NaN where there is none.</summary>
    public double Suggested { get; init; } = double.NaN;

    /// <summary>The median curve of the test: rates, ascending.</summary>
    public IReadOnlyList<double> Rates { get; init; } = [];

    /// <summary>The smoothed loss at each of <see cref="Rates"/>.</summary>
    public IReadOnlyList<double> Losses { get; init; } = [];

    /// <summary>Gradient steps the test has taken.</summary>
    public long Steps { get; init; }
}

/// <summary>What a range test is asked for.</summary>
/// <param name="Parameters">What a trial would be trained with; the rate is what is tested.</param>
/// <param name="Low">The lowest rate to try.</param>
/// <param name="High">The highest rate to try.</param>
/// <param name="Seed">The seed of weights and batches.</param>
public sealed record LearningRateProbeRequest(TrialParameters Parameters, double Low, double High, int Seed);

/// <summary>
/// Runs learning-rate range tests (L. N. Smith, Cyclical Learning Rates for Training Neural Networks, WACV 2017): some steps at exponentially rising rates, from the start of a training, over several seeds.
/// </summary>
public interface ILearningRateProbe
{
    /// <summary>Tests the rates of one batch size.</summary>
    /// <param name="request">What to test.</param>
    /// <param name="cancellationToken">Ends the test early.</param>
    /// <returns>What it showed.</returns>
    LearningRateBracket Probe(LearningRateProbeRequest request, CancellationToken cancellationToken);
}
