using System.IO.Hashing;
using System.Text;
using Microsoft.ML;
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
        var device = trainer.Options.Device ?? new Device(DeviceType.CPU);
        if (TorchRuntime.Check(device.type, Math.Max(0, device.index)) is { IsUsable: false } status)
            throw new InvalidOperationException(status.ToString());
        var ml = new MLContext();
        using var rows = TrainingRows.Read(input, validation, trainer.Options, trainer.Task);
        TorchNetwork.Register(trainer.Network);
        // The caller's own random numbers go on as if nothing had been trained.
        using var before = random.get_rng_state();
        try
        {
            return Train(trainer, rows, ml, input.Schema);
        }
        catch (Exception e) when (TrainerFailures.IsMemory(e) && e is not InvalidOperationException { InnerException: InvalidOperationException })
        {
            throw TrainerFailures.OfMemory(e, trainer);
        }
        finally
        {
            random.set_rng_state(before);
        }
    }

    private static TorchPredictionTransformer Train(TorchTrainer trainer, TrainingRows rows, MLContext ml, DataViewSchema schema)
    {
        var options = trainer.Options;
        random.manual_seed(options.Seed);
        var form = new BatchForm(rows.Columns.Shape, trainer.Task is TorchTask.MulticlassClassification or TorchTask.OneVersusAll, options.BatchSize) { LeavesOutSingle = true };
        var (x, y) = FirstRows(rows, form, options);
        using var firstX = x;
        using var firstY = y;
        using var network = NetworkInTraining.Create(trainer, rows, x);
        using var optimizer = Optimizers.Make(network.Whole, options);
        var check = options.Check is { } what ? NetworkCheck.Run(network.Whole, optimizer, network.Loss, (x, y), what) : null;
        ThrowIfFound(check, options.FailOn);
        using var folder = options.CheckpointFolder is { } root ? CheckpointFolder.Open(root, Fingerprint(trainer, rows, network)) : null;
        using var loop = new TrainingLoop(trainer, network, rows, optimizer, form, folder);
        loop.Run();
        ThrowIfDead(trainer, network, loop);
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

    private static (Tensor X, Tensor Y) FirstRows(TrainingRows rows, BatchForm form, TorchTrainerOptions options)
    {
        using var feed = rows.Epoch(options.Seed, 0, form with { Size = Math.Max(LeastCheckedRows, form.Size) });
        var batch = feed.Take(options.CancellationToken).First();
        var device = options.Device ?? CPU;
        return (batch.X.to(device, copy: true).DetachFromDisposeScope(), batch.Y.to(device, copy: true).DetachFromDisposeScope());
    }

    private static double Temperature(HeldOutPass pass)
    {
        var held = pass.Measure();
        using (held.Probabilities)
        using (held.Labels)
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

    /// <summary>Everything that the bits of a training depend on, but the number of threads: one that differs in any of it does not go on from another's checkpoint.</summary>
    private static UInt128 Fingerprint(TorchTrainer trainer, TrainingRows rows, NetworkInTraining network)
    {
        var o = trainer.Options;
        var text = FormattableString.Invariant(
            $"1|{trainer.Network.Name}|{trainer.Task}|{o.Optimizer}|{o.LearningRate:R}|{o.Schedule.Name}|{o.Momentum:R}|{o.Decay:R}|{o.DecayBiasesAndNorms}|{o.BatchSize}|{o.Epochs}|{o.ValidationFraction:R}|{o.Patience}|{o.Seed}|{o.Device}|{o.Loss is null}|{GuardOf(o.Guard)}|{rows.Hash:x32}|{rows.HeldCount}|");
        var hash = new XxHash128();
        hash.Append(Encoding.UTF8.GetBytes(text));
        // The weights before the first step say what the factory made.
        using var hashing = new HashingStream(Stream.Null, hash);
        foreach (var tensor in TrainingLoop.StateOf(network.Whole))
            TensorStream.Write(hashing, tensor);
        return hash.GetCurrentHashAsUInt128();
    }

    // What may change a step; where a guard writes and whom it tells changes none.
    private static string GuardOf(TrainingGuardOptions? guard) => guard is null ? "none" : FormattableString.Invariant(
        $"{guard.Policy} {guard.SampleEvery} {guard.JudgeEvery} {guard.StopAfterNonFinite} {guard.SnapshotEvery} {guard.MaxMends} {guard.Clip}");
}
