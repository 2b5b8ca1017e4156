using MLNetDebug.Torch.Zoo.Architectures;
using MLNetDebug.Torch.Zoo.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Zoo.Programs;

/// <summary>A plan made real for one seed. All its tensors die with it.</summary>
internal sealed class NetworkRun : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly NetworkPlan _plan;
    private readonly nn.Module<Tensor, Tensor, Tensor>? _loss;

    public NetworkRun(NetworkPlan plan, NetworkBase of, int seed)
    {
        random.manual_seed(seed);
        _plan = plan;
        Draw = plan.Prepare(of.Draw(seed));
        var shape = new NetworkShape(Draw.Kind, Draw.RowShape, plan.Outputs?.Invoke(Draw) ?? Math.Max(1, Draw.Classes), Draw.Vocabulary);
        Network = plan.Build(shape, plan.Traits);
        plan.Initialise(Network);
        _loss = plan.Loss.Module?.Invoke();
        plan.Before?.Invoke(this);
        Optimizer = plan.Optimizer.Create(plan.Optimizer.IsOfAnother ? plan.Build(shape, plan.Traits) : Network);
        if (plan.IsEvaluating)
            Network.eval();
    }

    public NetworkDraw Draw { get; }

    public nn.Module Network { get; }

    public optim.Optimizer Optimizer { get; }

    /// <summary>The check as a user would call it where training begins.</summary>
    public DiagnosticReport Check()
    {
        using var scope = NewDisposeScope();
        if (_plan.IsCheckedTrained)
            Train();
        var options = new NetworkCheckOptions { TiedParameters = _plan.Ties, Recalibration = _plan.IsCheckedTrained ? Recalibration() : null };
        var (x, y) = FirstBatch();
        return (_plan.Forward, _loss) switch
        {
            ({ } forward, { } loss) => NetworkCheck.Run(Network, Optimizer, loss, () => forward(Network, x), y, options),
            ({ } forward, null) => NetworkCheck.Run(Network, Optimizer, _plan.Loss.Function!, () => forward(Network, x), y, options),
            (null, { } loss) => NetworkCheck.Run((nn.Module<Tensor, Tensor>)Network, Optimizer, loss, (x, y), options),
            _ => NetworkCheck.Run((nn.Module<Tensor, Tensor>)Network, Optimizer, _plan.Loss.Function!, (x, y), options),
        };
    }

    /// <summary>Trains for the plan's epochs and returns the held-out metric.</summary>
    public double TrainedMetric()
    {
        Train();
        return HeldOut();
    }

    /// <summary>The same with running statistics that are gathered anew without dropout before the metric is taken: nothing is trained for it.</summary>
    public double RecalibratedMetric()
    {
        Train();
        using (no_grad())
        {
            using var scope = NewDisposeScope();
            Network.eval();
            var norms = Network.modules().OfType<TorchSharp.Modules.BatchNorm>().ToArray();
            var seen = 0;
            foreach (var (x, _) in Batches())
            {
                seen++;
                foreach (var norm in norms)
                {
                    norm.train();
                    // A plain average over the batches.
                    norm.momentum = 1.0 / seen;
                }

                Call(x);
            }
        }

        return HeldOut();
    }

    /// <summary>The held-out metric as the network stands; it is in evaluation mode afterwards.</summary>
    public double HeldOut()
    {
        using var scope = NewDisposeScope();
        Network.eval();
        using var _ = no_grad();
        return _plan.Metric(Call(Draw.TestX), Draw.TestY);
    }

    /// <summary>One pass over the shuffled training rows after another.</summary>
    public void Train() => Train(Optimizer, _plan.Epochs);

    /// <summary>The same with another optimizer.</summary>
    public void Train(optim.Optimizer optimizer, int epochs)
    {
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            using var rows = NewDisposeScope();
            foreach (var (x, y) in Batches())
            {
                using var step = NewDisposeScope();
                optimizer.zero_grad();
                Loss(Call(x), y).backward();
                optimizer.step();
            }
        }
    }

    /// <summary>What the network returns for rows.</summary>
    public Tensor Call(Tensor x) => _plan.Forward?.Invoke(Network, x) ?? ((nn.Module<Tensor, Tensor>)Network).call(x);

    public Tensor Loss(Tensor output, Tensor target) => _loss?.call(output, target) ?? _plan.Loss.Function!(output, target);

    public void Dispose() => _scope.Dispose();

    /// <summary>One shuffled batch.</summary>
    public (Tensor X, Tensor Y) FirstBatch() => Batches().First();

    /// <summary>Shuffled batches; rows left over at the end are not used.</summary>
    private IEnumerable<(Tensor X, Tensor Y)> Batches()
    {
        var (count, size) = (Draw.TrainX.shape[0], Math.Min(_plan.BatchSize, Draw.TrainX.shape[0]));
        var order = randperm(count, int64);
        for (long start = 0; start + size <= count; start += size)
        {
            var rows = order[TensorIndex.Slice(start, start + size)];
            yield return (Draw.TrainX[rows], Draw.TrainY[rows]);
        }
    }

    private RecalibrationData Recalibration() => new([.. Batches().Select(b => b.X)], Draw.TestX, Draw.TestY);
}
