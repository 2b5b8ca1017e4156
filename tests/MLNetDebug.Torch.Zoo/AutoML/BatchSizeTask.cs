using Microsoft.ML;
using MLNetDebug.AutoML;
using MLNetDebug.AutoML.Search;
using MLNetDebug.AutoML.Studies;
using MLNetDebug.Torch.AutoML;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Zoo.Data;
using MLNetDebug.Zoo.Studies;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Zoo.AutoML;

/// <summary>One draw of a program's rows, trained on as a sweep's trials are: each batch at the rate that is best on the validation rows, measured on the test rows.</summary>
internal sealed class BatchSizeTask : IDisposable
{
    // A batch sixteen times as large may need a rate sixteen times as high.
    private static readonly double[] Rates = [0.01, 0.03, 0.1, 0.3, 1];

    private static readonly MLContext ML = new(1);

    private static readonly TorchNetwork Network = new("zoo-batch-size", (shape, outputs) => Sequential(Linear(shape[0], 32), ReLU(), Linear(32, outputs)));

    private readonly BatchSizeProgram _program;
    private readonly TorchSweep _sweep;

    public BatchSizeTask(BatchSizeProgram program, int draw)
    {
        _program = program;
        Metric = program.IsByAccuracy ? SweepMetric.Accuracy : SweepMetric.Loss;
        var table = Standardised(program.Draw(draw), program.Train);
        var half = program.Train + ((table.Rows - program.Train) / 2);
        IDataView Rows(int from, int to) => table.Select([.. Enumerable.Range(from, to - from)]).ToView();
        // Watched or not, a training is the same: here many are to be had.
        var options = new TorchTrainerOptions { Optimizer = TorchOptimizer.Sgd, Guard = null, Check = null };
        TorchTrainer template = table.Classes == 2 ? ML.BinaryClassification.Trainers.Torch(Network, options) : ML.MulticlassClassification.Trainers.Torch(Network, options);
        _sweep = new TorchSweep(template, Rows(0, program.Train), Rows(program.Train, half), Rows(half, table.Rows), new SweepOptions { Metric = Metric });
    }

    public SweepMetric Metric { get; }

    /// <summary>A batch at its own best rate.</summary>
    /// <param name="batch">The batch size.</param>
    /// <param name="seed">The seed of the runs that choose the rate.</param>
    public TrialParameters Best(int batch, int seed)
    {
        var best = (Parameters: Of(Rates[0], batch), Metric: double.NaN);
        foreach (var rate in Rates)
        {
            var metric = Run(Of(rate, batch), seed, _program.Epochs).Metric;
            best = Metric.IsBetter(metric, best.Metric) ? (Of(rate, batch), metric) : best;
        }

        return best.Parameters;
    }

    /// <summary>An arm: one run for each seed.</summary>
    public BatchSizeArm Arm(TrialParameters parameters, IEnumerable<int> seeds, int? epochs = null)
    {
        TrialOutcome[] runs = [.. seeds.Select(seed => Run(parameters, seed, epochs ?? _program.Epochs))];
        return new BatchSizeArm(parameters, epochs ?? _program.Epochs, [.. runs.Select(r => r.TestMetric)]) { Updates = (long)runs.Average(r => r.Steps) };
    }

    /// <summary>The epochs in which the large batch makes as many updates as the small one.</summary>
    public int EpochsOfEqualUpdates
    {
        get
        {
            int Steps(int batch) => (_program.Train + batch - 1) / batch;
            return (int)Math.Round((double)_program.Epochs * Steps(BatchSizeProgram.Small) / Steps(_program.Large));
        }
    }

    public void Dispose() => _sweep.Dispose();

    private TrialOutcome Run(TrialParameters parameters, int seed, int epochs)
    {
        var outcome = _sweep.Body(new TrialContext(new TrialPlan(0, TrialKind.Arm, parameters, seed, epochs), ChoiceTexts.None, _ => { }), CancellationToken.None).GetAwaiter().GetResult();
        (outcome.Model as IDisposable)?.Dispose();
        return outcome;
    }

    private static TrialParameters Of(double rate, int batch) => new([new(TrialParameters.LearningRateName, rate), new(TrialParameters.BatchSizeName, batch)]);

    /// <summary>Zero mean and unit deviation by the training rows.</summary>
    private static ZooTable Standardised(ZooTable table, int train) => table with
    {
        Columns =
        [
            .. table.Columns.Select(c =>
            {
                var mean = c.Take(train).Average();
                // A pixel that is blank in all training rows is not to be blown up in the others.
                var deviation = MathF.Sqrt(c.Take(train).Average(v => (v - mean) * (v - mean))) is > 1e-3f and var d ? d : 1;
                return (float[])[.. c.Select(v => (v - mean) / deviation)];
            }),
        ],
    };
}
