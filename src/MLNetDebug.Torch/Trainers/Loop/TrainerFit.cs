using System.Runtime.InteropServices;
using Microsoft.ML;
using MLNetDebug.Torch.Networks.Profiling;
using MLNetDebug.Torch.Trainers.Checkpoints;
using MLNetDebug.Torch.Trainers.Data;
using MLNetDebug.Torch.Training.Signals;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Trainers.Loop;

/// <summary>One call of <c>Fit</c>: what can be known is checked before the first epoch.</summary>
internal static class TrainerFit
{
    // A network is judged by a batch of some size, however small the steps are.
    private const int LeastCheckedRows = 32;

    public static TorchPredictionTransformer Run(TorchTrainer trainer, IDataView input, IDataView? validation)
    {
        ThrowIfUnusable(trainer.Options);
        using var rows = TrainingRows.Read(input, validation, trainer.Options, trainer.Task);
        return Run(trainer, rows, input.Schema);
    }

    /// <summary>Trains on rows that were read before; several trainings may share them.</summary>
    /// <param name="trainer">The trainer, of the columns that the rows were read from.</param>
    /// <param name="rows">The rows; they stay the caller's.</param>
    /// <param name="schema">The schema of what they were read from.</param>
    public static TorchPredictionTransformer Run(TorchTrainer trainer, TrainingRows rows, DataViewSchema schema)
    {
        ThrowIfTooLittle(rows, trainer);
        TorchNetwork.Register(trainer.Network);
        return Apart(trainer, () => Train(trainer, rows, new MLContext(), schema));
    }

    /// <summary>Trains or tries something: the caller's own random numbers go on as if nothing had been, and what libtorch throws is a sentence.</summary>
    /// <exception cref="InvalidOperationException">Memory is used up, or libtorch failed.</exception>
    public static T Apart<T>(TorchTrainer trainer, Func<T> work)
    {
        using var before = RandomState.Get();
        try
        {
            return work();
        }
        catch (Exception e) when (TrainerFailures.IsMemory(e) && e is not InvalidOperationException { InnerException: InvalidOperationException })
        {
            throw TrainerFailures.OfMemory(e, trainer);
        }
        catch (ExternalException e) when (!TrainerFailures.IsFinalizerRace(e))
        {
            throw new InvalidOperationException($"Training network '{trainer.Network.Name}' failed in libtorch: {TrainerFailures.FirstLine(e.Message)}", e);
        }
        finally
        {
            RandomState.Set(before);
        }
    }

    private static TorchPredictionTransformer Train(TorchTrainer trainer, TrainingRows rows, MLContext ml, DataViewSchema schema)
    {
        var options = trainer.Options;
        random.manual_seed(options.Seed);
        var form = FormOf(trainer, rows);
        var (x, y) = FirstRows(rows, form, options);
        using var firstX = x;
        using var firstY = y;
        using var network = NetworkInTraining.Create(trainer, rows, x);
        using var optimizer = Optimizers.Make(trainer.Network.Name, network.Whole, options);
        var check = options.Check is { } what ? NetworkCheck.Run(network.Whole, optimizer, network.Loss, (x, y), what) : null;
        ThrowIfFound(check, options.FailOn);
        using var folder = options.CheckpointFolder is { } root ? CheckpointFolder.Open(root, Fingerprint.Of(trainer, rows, network, x, y)) : null;
        using var loop = new TrainingLoop(trainer, network, rows, optimizer, form, folder);
        loop.Run();
        ThrowIfDead(trainer, network, loop);
        options.Observer?.OnTrained(network);
        var temperature = 1.0;
        if (options.Calibrate)
        {
            using var pass = new HeldOutPass(network, rows, trainer.Task, form, options.CancellationToken);
            temperature = Temperature(pass);
        }

        var model = new TorchModelParameters(
            trainer.Network, trainer.Task, rows.Columns.Shape, rows.Columns.Classes, options.FeatureColumnName, options.LabelColumnName, network.HandOver(), temperature);
        return new TorchPredictionTransformer(ml, model, schema, TrainingOf(check, loop, rows, folder)).WithBatchSize(options.ScoreBatchSize);
    }

    /// <exception cref="InvalidOperationException">The libraries of TorchSharp do not load, or the device is absent.</exception>
    public static void ThrowIfUnusable(TorchTrainerOptions options)
    {
        var device = options.Device ?? new Device(DeviceType.CPU);
        if (TorchRuntime.Check(device.type, Math.Max(0, device.index)) is { IsUsable: false } status)
            throw new InvalidOperationException(status.ToString());
    }

    /// <exception cref="ArgumentException">An option needs held-out rows, and there is none; or a batch is larger than any tensor.</exception>
    private static void ThrowIfTooLittle(TrainingRows rows, TorchTrainer trainer)
    {
        var options = trainer.Options;
        if (rows.HeldCount == 0 && (options.Calibrate || options.Patience is not null))
            throw new ArgumentException($"{(options.Calibrate ? nameof(options.Calibrate) : nameof(options.Patience))} needs held-out rows, and a share of {options.ValidationFraction} of {rows.TrainingCount} rows is none: raise {nameof(options.ValidationFraction)} or pass {nameof(options.Validation)}.");
        var bytes = sizeof(float) * rows.Columns.Shape.Aggregate((double)Math.Max(LeastCheckedRows, Math.Min(options.BatchSize, rows.TrainingCount)), (a, b) => a * b);
        if (bytes > int.MaxValue)
            throw new ArgumentException($"A batch of {options.BatchSize:N0} rows of shape [{string.Join(", ", rows.Columns.Shape)}] takes {bytes:N0} bytes; {int.MaxValue:N0} is the most: lower {nameof(options.BatchSize)} or make the rows smaller.");
    }

    /// <summary>What the batches of a training look like.</summary>
    public static BatchForm FormOf(TorchTrainer trainer, TrainingRows rows) =>
        new(rows.Columns.Shape, trainer.Task is TorchTask.MulticlassClassification or TorchTask.OneVersusAll, trainer.Options.BatchSize) { LeavesOutSingle = true };

    /// <summary>Some rows on the training's device, to look at a network with; the caller disposes them.</summary>
    public static (Tensor X, Tensor Y) FirstRows(TrainingRows rows, BatchForm form, TorchTrainerOptions options)
    {
        // Of batches of one row one row is looked at: normalisation over it is one of the things to find.
        using var feed = rows.Epoch(options.Seed, 0, form with { Size = form.Size == 1 ? 1 : Math.Max(LeastCheckedRows, form.Size) });
        var batch = feed.Take(options.CancellationToken).First();
        var device = options.Device ?? CPU;
        return (batch.X.to(device, copy: true).DetachFromDisposeScope(), batch.Y.to(device, copy: true).DetachFromDisposeScope());
    }

    private static double Temperature(HeldOutPass pass)
    {
        using var held = pass.Measure();
        return TemperatureFit.Of(held);
    }

    private static void ThrowIfFound(DiagnosticReport? check, Severity failOn)
    {
        if (check is null || failOn == Severity.None)
            return;
        var found = check.Findings.Where(f => f.Severity >= failOn).ToArray();
        if (found.Length > 0)
            throw new DiagnosticException(string.Join(" ", found.Select(f => $"{f.Rule.Id}: {f.Message}")), check);
    }

    /// <summary>No dead model leaves a training, also of one that nobody watched.</summary>
    private static void ThrowIfDead(TorchTrainer trainer, NetworkInTraining network, TrainingLoop loop)
    {
        var broken = network.Whole.named_parameters().FirstOrDefault(p => ElementSums.Of(p.parameter) is { NonFinite: > 0 }).name;
        if (broken is null && loop.BestEpoch >= 0)
            return;
        var why = broken is null ? "its loss on the held-out rows was finite after no epoch" : $"{broken} holds numbers that are not finite";
        throw new DiagnosticException(
            $"Network '{trainer.Network.Name}' is dead after its training: {why}. Lower {nameof(TorchTrainerOptions.LearningRate)} ({trainer.Options.LearningRate}), and leave {nameof(TorchTrainerOptions.Guard)} on to be told the first step at which it happens.",
            loop.Guard?.Report ?? new DiagnosticReport { Title = "training", Findings = [] });
    }

    private static TorchTraining TrainingOf(DiagnosticReport? check, TrainingLoop loop, TrainingRows rows, CheckpointFolder? folder) => new()
    {
        NetworkReport = check,
        Report = loop.Guard?.Report,
        Epochs = loop.Epochs,
        Events = loop.Guard?.Events ?? [],
        BestEpoch = loop.BestEpoch,
        RowsWithoutLabel = rows.LeftOut.MissingLabels,
        RowsNotFinite = rows.LeftOut.MissingFeatures,
        DamagedCheckpoints = folder?.Damaged ?? [],
    };
}
