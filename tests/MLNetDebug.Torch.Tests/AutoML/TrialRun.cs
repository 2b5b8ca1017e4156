using Microsoft.ML;
using MLNetDebug.AutoML;
using MLNetDebug.AutoML.Studies;
using MLNetDebug.Torch.AutoML;
using MLNetDebug.Torch.Tests.Trainers;
using MLNetDebug.Torch.Trainers;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Tests.AutoML;

/// <summary>Runs single trials over small tables.</summary>
internal sealed class TrialRun : IDisposable
{
    private readonly TorchSweep _sweep;

    public TrialRun(
        TorchTrainer template, IDataView train, IDataView validation, SweepMetric metric, IDataView? test = null, Func<TrialContext, TorchTrainerOptions, TorchTrainerOptions>? configure = null) =>
        _sweep = new TorchSweep(template, train, validation, test, new SweepOptions { Metric = metric }, configure);

    public static TorchNetwork Mlp { get; } = new("sweep-mlp", (shape, outputs) => Sequential(Linear(shape[0], 16), ReLU(), Linear(16, outputs)));

    /// <summary>What was reported, in order.</summary>
    public List<TrialPoint> Points { get; } = [];

    public static TorchTrainer Multiclass(TorchTrainerOptions? options = null) => Tables.ML.MulticlassClassification.Trainers.Torch(Mlp, options);

    /// <summary>Three classes by accuracy.</summary>
    public static TrialRun OfClasses(TorchTrainerOptions? options = null, Func<TrialContext, TorchTrainerOptions, TorchTrainerOptions>? configure = null, SweepMetric? metric = null) =>
        new(Multiclass(options), Tables.Classes(), Tables.Classes(300, seed: 2), metric ?? SweepMetric.Accuracy, Tables.Classes(200, seed: 3), configure);

    public Task<TrialOutcome> RunAsync(double rate, int batch = 32, int epochs = 4, int seed = 1, Action<TrialPoint>? onPoint = null, CancellationToken token = default)
    {
        var parameters = new TrialParameters([new(TrialParameters.LearningRateName, rate), new(TrialParameters.BatchSizeName, batch)]);
        return _sweep.Body(
            new TrialContext(new TrialPlan(0, TrialKind.Search, parameters, seed, epochs), ChoiceTexts.None, point =>
            {
                Points.Add(point);
                onPoint?.Invoke(point);
            }),
            token);
    }

    public void Dispose() => _sweep.Dispose();
}
