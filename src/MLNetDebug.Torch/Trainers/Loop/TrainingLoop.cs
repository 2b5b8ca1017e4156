using System.Diagnostics;
using MLNetDebug.Torch.Networks.Profiling;
using MLNetDebug.Torch.Trainers.Checkpoints;
using MLNetDebug.Torch.Trainers.Data;
using MLNetDebug.Torch.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Trainers.Loop;

/// <summary>The epochs of a training, from the start or from where another process was ended.</summary>
internal sealed class TrainingLoop : IDisposable
{
    // Of a training of an hour one such fault is likely, three in a row at the same step are something else.
    private const int MostRetries = 3;

    // The state is kept in memory where it is no larger, at the end of the first epoch after so many seconds: so much work is done again at most, and no short epoch pays for a copy.
    private const long LargestKept = 512L << 20;
    private const int SecondsKept = 5;

    private readonly TorchTrainerOptions _options;
    private readonly NetworkInTraining _network;
    private readonly TrainingRows _rows;
    private readonly OptimizerHelper _optimizer;
    private readonly BatchForm _form;
    private readonly HeldOutPass? _held;
    private readonly Tensor[] _state;
    private readonly Tensor[] _best;
    private readonly RunImage _image;
    private readonly CheckpointFolder? _folder;
    private readonly TrainingGuard? _guard;
    private readonly List<EpochRecord> _epochs = [];
    private readonly MemoryStream? _kept;
    private readonly BatchMemory _memory = new();
    private long _keptAt;
    private int _keptEpochs;
    private LoopPosition _position = new();
    private long _written = Stopwatch.GetTimestamp();

    public TrainingLoop(TorchTrainer trainer, NetworkInTraining network, TrainingRows rows, OptimizerHelper optimizer, BatchForm form, CheckpointFolder? folder)
    {
        (_options, _network, _rows, _optimizer, _form, _folder) = (trainer.Options, network, rows, optimizer, form, folder);
        _held = rows.HeldCount > 0 ? new HeldOutPass(network, rows, trainer.Task, form, _options.CancellationToken) : null;
        _state = StateOf(network.Whole);
        _best = _held is null ? [] : [.. _state.Select(TensorCopy.Of)];
        _image = new RunImage(_state, _best, optimizer);
        _kept = _image.Size <= LargestKept ? new MemoryStream((int)_image.Size) : null;
        if (folder?.Resume(_image) is { } position)
            _position = position;
        if (_options.Guard is { } guard)
        {
            _guard = TrainingGuard.Attach(network.Whole, optimizer, guard with { Progress = _options.Progress ?? guard.Progress });
            _guard.Memory = _position.Guard;
        }
    }

    /// <summary>The epochs that this process trained.</summary>
    public IReadOnlyList<EpochRecord> Epochs => _epochs;

    /// <summary>The epoch whose weights the network has; -1 where no epoch had a held-out loss that is finite.</summary>
    public int BestEpoch => _position.BestEpoch;

    /// <summary>The guard; null where nobody watches.</summary>
    public TrainingGuard? Guard => _guard;

    /// <summary>Parameters and buffers, each once.</summary>
    public static Tensor[] StateOf(nn.Module network) =>
        [.. network.named_parameters().Select(p => (Tensor)p.parameter).Concat(network.named_buffers().Select(b => b.buffer)).Where(t => t is { IsInvalid: false }).DistinctBy(t => t.Handle)];

    /// <summary>Trains to the end and leaves the best weights in the network.</summary>
    public void Run()
    {
        var (retries, failedIn) = (0, -1);
        Keep(isFirst: true);
        while (!_position.IsFinished)
        {
            try
            {
                RunEpoch();
                // Epochs that are done again are no progress.
                if (_position.Epoch > failedIn + 1)
                    retries = 0;
            }
            catch (Exception e) when (TrainerFailures.IsFinalizerRace(e) && _kept is not null && retries++ < MostRetries)
            {
                failedIn = Math.Max(failedIn, _position.Epoch);
                // From where the state was kept, the same rows and the same random numbers: the run ends in the same bits.
                _kept.Position = 0;
                _position = _image.Read(_kept);
                if (_guard is not null)
                    _guard.Memory = _position.Guard;
                _epochs.RemoveRange(_keptEpochs, _epochs.Count - _keptEpochs);
            }
        }

        // Where no epoch had a held-out loss the weights stay as they are, for the caller to judge.
        if (BestEpoch >= 0 && _held is not null)
            Copy(_best, _state);
    }

    public void Dispose()
    {
        _guard?.Dispose();
        _kept?.Dispose();
        _memory.Dispose();
        _held?.Dispose();
        foreach (var tensor in _best)
            tensor.Dispose();
    }

    private void RunEpoch()
    {
        var epoch = _position.Epoch;
        _network.Whole.train();
        using (var feed = _rows.Epoch(_options.Seed, epoch, _form, _position.Batch, _memory))
        {
            foreach (var batch in feed.Take(_options.CancellationToken))
            {
                _options.CancellationToken.ThrowIfCancellationRequested();
                Step(batch, epoch + ((double)_position.Batch / feed.Batches));
                _position = _position with { Batch = _position.Batch + 1 };
                if (_folder is not null && Stopwatch.GetElapsedTime(_written) >= _options.CheckpointInterval)
                    WriteCheckpoint();
            }
        }

        EndEpoch(epoch);
    }

    private void Step(Batch batch, double at)
    {
        using var scope = NewDisposeScope();
        // The GPU's random state can be neither read nor put back: of each step it is seeded anew, so that a run that goes on draws what it would have drawn.
        if (_network.Device.type == DeviceType.CUDA)
            cuda.manual_seed((long)(RowOrder.Seed(_options.Seed, BitConverter.DoubleToInt64Bits(at)) >> 1));
        SetRate(_options.LearningRate * _options.Schedule.Factor(at, _options.Epochs));
        var (x, y) = _network.Device.type == DeviceType.CPU ? (batch.X, batch.Y) : (batch.X.to(_network.Device), batch.Y.to(_network.Device));
        if (_guard is not null)
        {
            _guard.Step((x, y), b => _network.Loss(_network.Whole.call(b.x), b.y));
        }
        else
        {
            _optimizer.zero_grad();
            _network.Loss(_network.Whole.call(x), y).backward();
            _optimizer.step();
        }

        _options.Observer?.OnStep();
    }

    private void SetRate(double rate)
    {
        foreach (var group in _optimizer.ParamGroups)
        {
            if (group.LearningRate != rate)
                group.LearningRate = rate;
        }
    }

    private void EndEpoch(int epoch)
    {
        using var held = _held?.Measure();
        if (_guard is not null)
        {
            var validation = held?.ToValidation();
            using var probabilities = validation?.Probabilities;
            _epochs.Add(_guard.EndEpoch(validation) with { Epoch = epoch });
        }

        _position = _position with { Epoch = epoch + 1, Batch = 0 };
        if (held is null)
        {
            _position = _position with { BestEpoch = epoch };
        }
        else if (double.IsFinite(held.Loss) && !(held.Loss >= _position.BestLoss))
        {
            Copy(_state, _best);
            _position = _position with { BestEpoch = epoch, BestLoss = held.Loss };
        }

        var isOut = _options.Patience is { } patience && epoch - Math.Max(0, _position.BestEpoch) >= patience;
        _position = _position with { IsFinished = isOut || epoch + 1 >= _options.Epochs };
        Keep(isFirst: false);
        if (_folder is not null)
            WriteCheckpoint();
        _options.Observer?.OnEpoch(new TrainedEpoch(epoch + 1, held?.Loss ?? double.NaN, held?.Accuracy ?? double.NaN, _guard));
    }

    private void WriteCheckpoint()
    {
        _folder!.Write(_image, Now);
        _written = Stopwatch.GetTimestamp();
    }

    private LoopPosition Now => _position with { Guard = _guard?.Memory ?? GuardMemory.None };

    private void Keep(bool isFirst)
    {
        if (_kept is null || (!isFirst && Stopwatch.GetElapsedTime(_keptAt).TotalSeconds < SecondsKept))
            return;
        (_keptAt, _keptEpochs) = (Stopwatch.GetTimestamp(), _epochs.Count);
        _kept.Position = 0;
        _image.Write(_kept, Now);
    }

    private static void Copy(Tensor[] from, Tensor[] to)
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        for (var i = 0; i < from.Length; i++)
            to[i].copy_(from[i]);
    }
}
