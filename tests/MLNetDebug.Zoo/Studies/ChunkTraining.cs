using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using MLNetDebug.AutoML;
using Predictor = Microsoft.ML.Data.BinaryPredictionTransformer<Microsoft.ML.Calibrators.CalibratedModelParametersBase<Microsoft.ML.Trainers.LinearBinaryModelParameters, Microsoft.ML.Calibrators.PlattCalibrator>>;

namespace MLNetDebug.Zoo.Studies;

/// <summary>
/// A trial that trains ML.NET's SGD chunk by chunk, each from where the one before ended, and says after each epoch how well it does: with it a sweep has learning curves, rungs and range tests. A large batch
/// takes its rows in one chunk, a small one in two.
/// </summary>
internal sealed class ChunkTraining(MLContext ml, SweepRows rows) : ILearningRateProbe
{
    private const int ProbeRates = 8;

    // Kills are to fall into trials, and not all on their edges: they last, at no cost.
    private const int EpochMilliseconds = 10;

    private readonly IDataView _validation = ml.Data.LoadFromEnumerable(rows.Validation);

    public Task<TrialOutcome> RunAsync(TrialContext trial, CancellationToken token)
    {
        var (chunks, steps, value) = (ChunksOf(trial.BatchSize), 0L, double.NaN);
        Predictor? model = null;
        for (var epoch = 1; epoch <= trial.Epochs; epoch++)
        {
            for (var chunk = 0; chunk < chunks; chunk++, steps++)
            {
                token.ThrowIfCancellationRequested();
                model = Train(model, trial.LearningRate, trial.BatchSize, steps, trial.Seed);
            }

            Thread.Sleep(EpochMilliseconds);
            value = Scored(model!).AreaUnderRocCurve;
            trial.Report(epoch, value, steps);
        }

        // No rows are left to test on. Workers are to be killed in arms too, which are run for a metric of such rows only.
        return Task.FromResult(new TrialOutcome(value) { TestMetric = value, Steps = steps });
    }

    /// <summary>Some chunks, each at a higher rate.</summary>
    public LearningRateBracket Probe(LearningRateProbeRequest request, CancellationToken cancellationToken)
    {
        double[] rates = [.. Enumerable.Range(0, ProbeRates).Select(i => request.Low * Math.Pow(request.High / request.Low, i / (ProbeRates - 1.0)))];
        double[] losses = [.. rates.Select((r, i) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            Thread.Sleep(EpochMilliseconds);
            return Scored(Train(null, r, request.Parameters.BatchSize, i, request.Seed)).LogLoss;
        })];
        var best = Array.IndexOf(losses, losses.Min());
        return new LearningRateBracket { Moves = rates[0], DivergesHigh = double.PositiveInfinity, DivergesLow = rates[^1], Suggested = rates[best], Rates = rates, Losses = losses, Steps = ProbeRates };
    }

    private static int ChunksOf(int batch) => batch <= 32 ? 2 : 1;

    private Predictor Train(Predictor? from, double rate, int batch, long step, int seed)
    {
        var first = (int)((((long)seed * 31) + (step * batch)) % rows.Train.Length);
        var chunk = ml.Data.LoadFromEnumerable(Enumerable.Range(0, batch).Select(i => rows.Train[(first + i) % rows.Train.Length]).ToArray());
        var trainer = ml.BinaryClassification.Trainers.SgdCalibrated(new SgdCalibratedTrainer.Options { LearningRate = rate, NumberOfThreads = 1, NumberOfIterations = 1, Shuffle = false, L2Regularization = 1e-4f });
        return from is null ? trainer.Fit(chunk) : trainer.Fit(chunk, from.Model.SubModel);
    }

    private CalibratedBinaryClassificationMetrics Scored(Predictor model) => ml.BinaryClassification.Evaluate(model.Transform(_validation));
}
