using MLNetDebug.Torch.Trainers;
using MLNetDebug.Torch.Trainers.Data;
using MLNetDebug.Torch.Trainers.Loop;
using MLNetDebug.Torch.Training;
using MLNetDebug.Torch.Training.Probes;
using MLNetDebug.Torch.Training.Snapshots;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.AutoML.Probes;

/// <summary>A training that stands before its first step, as its seed makes it. Whatever is tried, it is tried from there.</summary>
internal sealed class ProbedTraining : IDisposable
{
    // The range test takes a list of batches; the stream gives one after the other whatever is asked for.
    private static readonly int[] AnyBatch = [0];

    private const int BatchesBefore = 5;
    private const double Fall = 0.05;
    private const double Noise = 0.1;

    private readonly TorchTrainerOptions _options;
    private readonly NetworkInTraining _network;
    private readonly OptimizerHelper _optimizer;
    private readonly RunState _state;
    private readonly BatchStream _batches;
    private readonly float[] _constant;

    /// <param name="trainer">The trainer, with seed and batch size.</param>
    /// <param name="rows">The rows.</param>
    /// <exception cref="InvalidOperationException">The network does not fit the rows, or has nothing to train.</exception>
    public ProbedTraining(TorchTrainer trainer, TrainingRows rows)
    {
        _options = trainer.Options;
        Seed();
        var form = TrainerFit.FormOf(trainer, rows);
        var (x, y) = TrainerFit.FirstRows(rows, form, _options);
        using (x)
        using (y)
            _network = NetworkInTraining.Create(trainer, rows, x);
        try
        {
            _optimizer = Optimizers.Make(trainer.Network.Name, _network.Whole, _options);
            _state = new RunState(_network.Whole, [_optimizer], []);
            _constant = Prior.Of(rows, trainer.Task);
        }
        catch
        {
            _state?.Dispose();
            _optimizer?.Dispose();
            _network.Dispose();
            throw;
        }

        _batches = new BatchStream(rows, form, _options);
    }

    /// <summary>Gradients that were computed so far.</summary>
    public long Steps { get; private set; }

    /// <summary>Runs once through rising rates.</summary>
    public LearningRateCurve Rise(LearningRateRangeOptions options) => Again(() =>
    {
        _batches.Restart();
        var test = new RangeTest<int>([_optimizer], AnyBatch, _ => Step(), options with { Repeats = 1, Seed = _options.Seed & int.MaxValue, Cancellation = _options.CancellationToken });
        return test.Run(_state, _options.LearningRate)[0];
    });

    /// <summary>Takes some steps at one rate, and says whether that does no harm: their mean loss is finite, and not above the loss before training by more than a tenth of it.</summary>
    /// <param name="rate">The rate.</param>
    /// <param name="steps">How many steps; a run that has lost too much already is not taken to its end.</param>
    /// <param name="mustFall">True where it must do some good: the mean is below 95 % of the loss before training and of that of a constant answer, which is what a dead network comes to.</param>
    public bool Holds(double rate, int steps, bool mustFall) => Again(() =>
    {
        var (network, constant) = Untrained();
        var most = mustFall ? Moved(constant < network ? constant : network, -Fall) : Moved(network, Noise);
        Begin();
        _state.ScaleRates(rate / _options.LearningRate);
        var excess = 0.0;
        for (var i = 0; i < steps; i++)
        {
            _options.CancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            _optimizer.zero_grad();
            var loss = Step();
            excess += loss.ToDouble() - most;
            // A loss that is never below 0 cannot win that back.
            if (!(excess <= steps * Math.Abs(most)))
                return false;
            loss.backward();
            _optimizer.step();
        }

        return excess <= 0;
    });

    public void Dispose()
    {
        _batches.Dispose();
        _state.Dispose();
        _optimizer.Dispose();
        _network.Dispose();
    }

    private static double Moved(double loss, double share) => loss + (share * Math.Abs(loss));

    /// <summary>The loss before training, and that of one answer for all rows, of the first batches.</summary>
    private (double Network, double Constant) Untrained()
    {
        Begin();
        using var none = no_grad();
        var (network, constant) = (0.0, 0.0);
        for (var i = 0; i < BatchesBefore; i++)
        {
            using var scope = NewDisposeScope();
            var batch = _batches.Next();
            network += Loss(batch).ToDouble() / BatchesBefore;
            constant += _network.Loss(tensor(_constant, device: _network.Device).expand(batch.Rows, _constant.Length), batch.Y.to(_network.Device)).ToDouble() / BatchesBefore;
        }

        return (network, constant);
    }

    private Tensor Step()
    {
        Steps++;
        return Loss(_batches.Next());
    }

    private Tensor Loss(Batch batch) => _network.Loss(_network.Whole.call(batch.X.to(_network.Device)), batch.Y.to(_network.Device));

    private void Begin()
    {
        _state.Restore();
        _network.Whole.train();
        _batches.Restart();
        Seed();
    }

    private void Seed() => random.manual_seed(_options.Seed);

    private T Again<T>(Func<T> attempt)
    {
        try
        {
            return attempt();
        }
        catch (Exception e) when (TrainerFailures.IsFinalizerRace(e))
        {
            return attempt();
        }
    }
}
