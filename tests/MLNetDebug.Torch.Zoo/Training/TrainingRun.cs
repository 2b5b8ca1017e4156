using MLNetDebug.Torch.Zoo.Data;
using MLNetDebug.Torch.Zoo.Programs;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Zoo.Training;

/// <summary>A plan trained under a guard for one seed, as a user's loop would: shuffled batches, a validation at the end of each epoch.</summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly TrainingPlan _plan;
    private readonly NetworkRun _run;
    private readonly TrainingGuard _guard;
    private readonly double[] _rates;
    private readonly int _epochs;
    private readonly RowOrder _rows;
    private long _step;

    private TrainingRun(TrainingPlan plan, NetworkBase of, int seed, TrainingGuardOptions options)
    {
        (_plan, _run) = (plan, new NetworkRun(plan.Network, of, seed));
        _rates = [.. _run.Optimizer.ParamGroups.Select(g => g.LearningRate)];
        _rows = new RowOrder(plan.Order, _run.Draw, plan.Network.BatchSize);
        _epochs = Math.Max(plan.Network.Epochs, (plan.Steps + _rows.Batches - 1) / _rows.Batches);
        _guard = TrainingGuard.Attach(_run.Network, _run.Optimizer, options);
    }

    /// <summary>Trains and tells what it came to.</summary>
    public static TrainingOutcome Of(TrainingPlan plan, NetworkBase of, int seed, TrainingGuardOptions options) => FinalizerRace.Again(() => Once(plan, of, seed, options));

    public void Dispose()
    {
        _guard.Dispose();
        _run.Dispose();
    }

    private static TrainingOutcome Once(TrainingPlan plan, NetworkBase of, int seed, TrainingGuardOptions options)
    {
        using var scope = NewDisposeScope();
        using var run = new TrainingRun(plan, of, seed, options);
        for (var epoch = 0; epoch < run._epochs; epoch++)
            run.Epoch();
        return new TrainingOutcome(run._guard.Report, run._run.HeldOut(), run._guard.Window);
    }

    private void Epoch()
    {
        using var rows = NewDisposeScope();
        foreach (var (x, y) in _rows.Epoch())
        {
            using var step = NewDisposeScope();
            Step(_plan.Change(_step, x, y));
            _step++;
        }

        Validate();
    }

    private void Step((Tensor X, Tensor Y) batch)
    {
        var factor = _plan.Schedule(_step, (double)_step / (_epochs * _rows.Batches));
        foreach (var (group, rate) in _run.Optimizer.ParamGroups.Zip(_rates))
            group.LearningRate = rate * factor;
        if (_plan.IsOwnLoop || _plan.ClipNorm > 0)
            OwnStep(batch);
        else
            _guard.Step(batch, b => _run.Loss(_run.Call(b.X), b.Y));
    }

    private void OwnStep((Tensor X, Tensor Y) batch)
    {
        using var step = _guard.Begin(batch.X, batch.Y);
        _run.Optimizer.zero_grad();
        var output = _run.Call(batch.X);
        var loss = _run.Loss(output, batch.Y);
        loss.backward();
        if (!step.Check(loss, output))
            return;
        if (_plan.ClipNorm > 0)
            nn.utils.clip_grad_norm_(_run.Network.parameters(), _plan.ClipNorm);
        _run.Optimizer.step();
    }

    private void Validate()
    {
        using var quiet = no_grad();
        // Parts of a network may be in evaluation mode on purpose; parents come first, as their mode is handed down.
        var modes = _run.Network.named_modules().OrderBy(m => m.name.Count(c => c == '.')).Select(m => m.module).Prepend(_run.Network).Select(m => (Module: m, m.training)).ToArray();
        _run.Network.eval();
        var output = _run.Call(_run.Draw.TestX);
        var validation = HeldOut.Of(_plan, output, _run.Draw.TestY, _run.Loss(output, _run.Draw.TestY).ToDouble());
        foreach (var (module, training) in modes)
            module.train(training);
        _guard.EndEpoch(validation);
    }
}
