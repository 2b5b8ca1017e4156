using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.AutoML;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Torch.Zoo.Training;
using MLNetDebug.Zoo.Studies;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Zoo.AutoML;

/// <summary>
/// Trials over the folds of a task, at rates of which half diverge. The guarded ones are trained by the trainer and evaluated by this library; the unguarded ones by a loop as users write it and by ML.NET's own
/// evaluator. What each was really worth is measured apart, and nobody chooses by it.
/// </summary>
internal sealed class FoldedTrials(FoldedTask task, int seed)
{
    private const int Epochs = 6;
    private const int Trials = 16;

    private static readonly MLContext ML = new(1);

    private static readonly SearchSpace Space = new() { LearningRate = new(1e-4, 1e6), BatchSizes = [16, 32, 64, 128] };

    /// <summary>The honest error of each trial over the folds, by rate and batch; NaN where a fold's model is dead.</summary>
    private readonly Dictionary<TrialParameters, double> _honest = [];

    /// <summary>What the sweep crowns is worth; null where it crowns nothing.</summary>
    public double? Guarded()
    {
        using var store = new MemoryStudyStore();
        var result = ML.Diagnostics().Sweep(GuardedTrial, new()
        {
            Metric = new("RootMeanSquaredError", false),
            Space = Space,
            Epochs = Epochs,
            Budget = new() { Trials = Trials },
            Seed = seed,
            Store = store,
            Repeats = 2,
            Baseline = task.Constant,
            CompareBatchSizes = false,
            Refit = false,
        }).GetAwaiter().GetResult();
        return result.Best is { } best ? _honest[best.Plan.Parameters] : null;
    }

    /// <summary>What random search over as many trials crowns is worth, going by the metric it is given.</summary>
    public double? Unguarded()
    {
        var random = new Random(seed);
        var (least, best) = (double.MaxValue, default(double?));
        for (var i = 0; i < Trials; i++)
        {
            var parameters = new TrialParameters([
                new(TrialParameters.LearningRateName, Space.LearningRate!.Low * Math.Pow(Space.LearningRate.High / Space.LearningRate.Low, random.NextDouble())),
                new(TrialParameters.BatchSizeName, Space.BatchSizes[random.Next(Space.BatchSizes.Count)])]);
            var (reported, honest) = FinalizerRace.Again(() => UnguardedTrial(parameters));
            if (reported < least)
                (least, best) = (reported, honest);
        }

        return best;
    }

    private Task<TrialOutcome> GuardedTrial(TrialContext trial, CancellationToken token)
    {
        List<double> errors = [], honest = [];
        foreach (var fold in task.Folds)
        {
            var trainer = ML.Regression.Trainers.Torch(new TorchNetwork("folded-mlp", (_, _) => Network()), new()
            {
                LearningRate = trial.LearningRate,
                BatchSize = trial.BatchSize,
                Epochs = trial.Epochs,
                Seed = trial.Seed,
                Optimizer = TorchOptimizer.Sgd,
                CancellationToken = token,
            });
            using var model = trainer.Fit(fold.Train, fold.Held);
            var scored = model.Transform(fold.Held);
            var evaluation = ML.Diagnostics().Evaluate(scored);
            errors.Add(evaluation.Values[nameof(RegressionMetrics.RootMeanSquaredError)]);
            honest.Add(fold.HonestError([.. scored.GetColumn<float>("Score")]));
        }

        _honest[trial.Parameters] = honest.Average();
        return Task.FromResult(new TrialOutcome(errors.Average()));
    }

    private (double Reported, double Honest) UnguardedTrial(TrialParameters parameters)
    {
        List<double> errors = [], honest = [];
        foreach (var fold in task.Folds)
        {
            using var scope = NewDisposeScope();
            random.manual_seed(seed);
            using var network = Network();
            using var optimizer = optim.SGD(network.parameters(), parameters.LearningRate, momentum: 0.9);
            var (x, y) = Tensors(fold.TrainRows);
            for (var epoch = 0; epoch < Epochs; epoch++)
            {
                foreach (var batch in randperm(y.size(0)).split(parameters.BatchSize))
                {
                    optimizer.zero_grad();
                    functional.mse_loss(network.call(x.index_select(0, batch)), y.index_select(0, batch)).backward();
                    optimizer.step();
                }
            }

            using var none = no_grad();
            float[] scores = [.. network.call(Tensors(fold.HeldRows).X).data<float>()];
            var scored = ML.Data.LoadFromEnumerable(fold.HeldRows.Zip(scores, (r, s) => new Scored { Label = r.Label, Score = s }));
            errors.Add(ML.Regression.Evaluate(scored).RootMeanSquaredError);
            honest.Add(fold.HonestError(scores));
        }

        return (errors.Average(), honest.Average());
    }

    private static (Tensor X, Tensor Y) Tensors(FoldedTask.Row[] rows) =>
        (tensor(rows.SelectMany(r => r.Features).ToArray()).view(rows.Length, -1), tensor(rows.Select(r => r.Label).ToArray()).view(-1, 1));

    private Module<Tensor, Tensor> Network() => Sequential(Linear(task.Features, 16), ReLU(), Linear(16, 1));

    private sealed class Scored
    {
        public float Label { get; set; }

        public float Score { get; set; }
    }
}
