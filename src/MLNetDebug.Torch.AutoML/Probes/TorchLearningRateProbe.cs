using MLNetDebug.AutoML;
using MLNetDebug.Torch.AutoML.Trials;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Torch.Trainers.Loop;
using MLNetDebug.Torch.Training;
using MLNetDebug.Torch.Training.Probes;

namespace MLNetDebug.Torch.AutoML.Probes;

/// <summary>
/// Tests the learning rates of one batch size in two ways, each from other initial weights and batches every time. Three range tests say where the loss begins to fall and which rate to begin with. Each of
/// their rates has one step only, so that where they climb is no more than a guess; short trainings at constant rates, about that guess, then say where training diverges.
/// </summary>
/// <remarks>
/// Training diverges at a constant rate where its mean loss over three epochs (60 steps at least) is not finite, or not below 95 % of the loss before training and of that of a constant answer: what it blew up
/// by, it has not made good. That is asked of any optimizer alike: plain descent leaves the numbers there or dies, and Adam, which never takes a long step, jumps to many times its loss and comes back to a
/// constant answer. The short trainings take a part of those steps, so that both ends of the bracket are moved outwards, by what the pairs of the Calibrate split have shown (<c>Zoo -- calibrate-sweep</c>).
/// </remarks>
internal sealed class TorchLearningRateProbe(TrialTrainers trainers, SweepRows rows, SemaphoreSlim gate) : ILearningRateProbe
{
    private const int Repeats = 3;
    private const int StepsPerDecade = 6;
    private const int LeastSteps = 20;

    // A mean over ten steps, as is usual, would lag by more than a decade here.
    private const double Smoothing = 0.7;

    private const int HeldSteps = 40;

    // A range test climbs beyond the boundary, but not by decades.
    private const double Guess = 1 / 3.0;
    private const double FarBelow = 1e-3;

    private static readonly double LowMargin = Math.Pow(10, 0.5);
    private static readonly double HighMargin = Math.Pow(10, 0.5);

    public LearningRateBracket Probe(LearningRateProbeRequest request, CancellationToken cancellationToken)
    {
        if (!(request.Low > 0 && request.High > request.Low))
            throw new ArgumentException(FormattableString.Invariant($"The lowest rate to test is {request.Low} and the highest {request.High}: 0 < lowest < highest is expected."), nameof(request));
        gate.Wait(cancellationToken);
        try
        {
            var trainer = trainers.Make(new TrialPlan(0, TrialKind.RangeTest, request.Parameters, request.Seed, 0));
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, trainer.Options.CancellationToken);
            trainer = trainer.With(trainer.Options with { CancellationToken = both.Token });
            return TrainerFit.Apart(trainer, () => Bracket(trainer, request));
        }
        finally
        {
            gate.Release();
        }
    }

    private LearningRateBracket Bracket(TorchTrainer trainer, LearningRateProbeRequest request)
    {
        var options = new LearningRateRangeOptions
        {
            From = request.Low,
            To = request.High,
            Steps = Math.Max(LeastSteps, 1 + (int)Math.Round(StepsPerDecade * Math.Log10(request.High / request.Low))),
            Smoothing = Smoothing,
        };
        var steps = 0L;
        T With<T>(int repeat, Func<ProbedTraining, T> attempt)
        {
            using var training = new ProbedTraining(trainer.With(trainer.Options with { Seed = unchecked(request.Seed + (repeat * 7919)) }), rows.Training);
            var result = attempt(training);
            steps += training.Steps;
            return result;
        }

        var range = RangeSummary.Of([.. Enumerable.Range(0, Repeats).Select(r => With(r, t => t.Rise(options)))], options);
        var tried = 0;
        bool Holds(double rate, bool mustFall) => With(tried++ % Repeats, t => t.Holds(rate, HeldSteps, mustFall));
        var guess = Math.Clamp(double.IsNaN(range.Diverges) ? request.High : range.Diverges * Guess, request.Low, request.High);
        // Rates below those at which the range test fell cannot be asked to bring the loss down; nor can any where it neither fell nor climbed.
        var (holds, diverges) = DivergenceSearch.Run(
            guess, Math.Max(request.Low, guess * FarBelow), request.High, rate => Holds(rate, double.IsNaN(range.Moves) ? !double.IsNaN(range.Diverges) : rate > range.Moves));
        // Where there is little to learn, no rate brings the loss down in so few steps: the highest that does no harm is looked for.
        if (double.IsNaN(holds))
            (holds, diverges) = DivergenceSearch.Run(guess, request.Low, request.High, rate => Holds(rate, mustFall: false));
        var low = holds / LowMargin;
        return new LearningRateBracket
        {
            Moves = range.Moves,
            DivergesLow = low,
            DivergesHigh = diverges * HighMargin,
            // The middle of a valley may lie beyond what holds for long; and a curve that is lost in its noise has none, though it is known what holds.
            Suggested = low < range.Suggested || (double.IsNaN(range.Suggested) && double.IsFinite(diverges)) ? low : range.Suggested,
            Rates = range.Median.Rates,
            Losses = range.Median.Smoothed,
            Steps = steps,
        };
    }
}
