using MLNetDebug.Torch.Training;
using MLNetDebug.Torch.Zoo.Data;
using MLNetDebug.Torch.Zoo.Programs;
using MLNetDebug.Torch.Zoo.Training;
using MLNetDebug.Zoo.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Zoo.Mending;

/// <summary>What a case ended in.</summary>
/// <param name="Metric">The held-out metric.</param>
/// <param name="WentNonFinite">True where a loss was not finite.</param>
/// <param name="Actions">What the guard did; empty without one.</param>
/// <param name="Bits">A hash of parameters, buffers and random state.</param>
internal sealed record MendOutcome(double Metric, bool WentNonFinite, IReadOnlyList<TrainingEvent> Actions, ulong Bits)
{
    /// <summary>Trains a case, under a guard that mends or under none.</summary>
    public static MendOutcome Of(MendCase of, bool isGuarded) => FinalizerRace.Again(() => Once(of, isGuarded));

    private static MendOutcome Once(MendCase of, bool isGuarded)
    {
        using var run = new NetworkRun(of.Plan with { Optimizer = of.Plan.Optimizer with { Rate = of.Plan.Optimizer.Rate * of.RateFactor } }, NetworkBases.Named(of.Base), of.Seed);
        using var guard = isGuarded ? TrainingGuard.Attach(run.Network, run.Optimizer, new TrainingGuardOptions { Policy = TrainingPolicy.Mend }) : null;
        long rows = run.Draw.TrainX.shape[0], size = Math.Min(of.Plan.BatchSize, rows), perEpoch = rows / size, spoilt = SpoiltStep(of, perEpoch);
        var wentNonFinite = false;
        for (var step = 0L; step < perEpoch * MendCase.Epochs; step++)
        {
            using var scope = NewDisposeScope();
            var (x, y) = Batch(run, size, of.Seed, step, perEpoch);
            var factor = of.Spike > 1 && step == spoilt ? of.Spike : 1;
            Tensor Loss((Tensor X, Tensor Y) b) => Spoilt(run, of, b.X, b.Y, factor);
            wentNonFinite |= !double.IsFinite(guard is null ? Plain(run, Loss((x, y))) : Guarded(guard, (x, y), Loss));
            if (step % perEpoch == perEpoch - 1)
                guard?.EndEpoch();
        }

        return new MendOutcome(run.HeldOut(), wentNonFinite, [.. guard?.Events.Where(e => e.Kind != TrainingEventKind.Found) ?? []], Hash(run.Network));
    }

    private static double Guarded(TrainingGuard guard, (Tensor, Tensor) batch, Func<(Tensor X, Tensor Y), Tensor> loss)
    {
        try
        {
            return guard.Step(batch, loss).Loss;
        }
        catch (Exception e) when (e is TrainingStoppedException or InvalidOperationException)
        {
            // Stopped: the network holds its best weights, and the metric is taken of them.
            return double.NaN;
        }
    }

    private static double Plain(NetworkRun run, Tensor loss)
    {
        run.Optimizer.zero_grad();
        loss.backward();
        run.Optimizer.step();
        return loss.ToDouble();
    }

    /// <summary>A batch in other units, as from a broken file; where its units do not reach far (tokens have none, tanh has bounds) its loss is weighed so much.</summary>
    private static Tensor Spoilt(NetworkRun run, MendCase of, Tensor x, Tensor y, double factor) => factor == 1 ? run.Loss(run.Call(x), y)
        : is_floating_point(x) && of.Plan.Architecture != NetworkPlans.TanhMlp.Architecture ? run.Loss(run.Call(x * factor), y)
        : run.Loss(run.Call(x), y) * factor;

    /// <summary>Between a tenth and a third of the run: training goes well, and much is left to lose.</summary>
    private static long SpoiltStep(MendCase of, long perEpoch) => (long)(perEpoch * MendCase.Epochs * (0.1 + (0.23 * new ZooRandom(of.Seed, "spoilt").Uniform())));

    // An order of its own per epoch, so that a random state that was put back does not change which rows come.
    private static (Tensor X, Tensor Y) Batch(NetworkRun run, long size, int seed, long step, long perEpoch)
    {
        var (epoch, at) = ((int)(step / perEpoch), (int)(step % perEpoch));
        int[] order = new ZooRandom((seed * 1000) + epoch, "mend-order").Permutation((int)run.Draw.TrainX.shape[0]);
        var rows = tensor(order.Skip(at * (int)size).Take((int)size).Select(i => (long)i).ToArray());
        return (run.Draw.TrainX[rows], run.Draw.TrainY[rows]);
    }

    private static ulong Hash(nn.Module network)
    {
        using var scope = NewDisposeScope();
        var hash = new System.IO.Hashing.XxHash64();
        foreach (var tensor in network.parameters().Cast<Tensor>().Concat(network.buffers()).Append(random.get_rng_state()))
            hash.Append(tensor.detach().contiguous().bytes);
        return hash.GetCurrentHashAsUInt64();
    }
}
