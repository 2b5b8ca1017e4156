using MLNetDebug.Torch.Networks.Profiling;
using MLNetDebug.Torch.Training.Snapshots;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Probes;

/// <summary>Runs through the rates, once per repeat, each from the same point of the training.</summary>
internal sealed class RangeTest<TBatch>(IReadOnlyList<optim.Optimizer> optimizers, IReadOnlyList<TBatch> batches, Func<TBatch, Tensor> loss, LearningRateRangeOptions options)
{
    // A best loss near 0 would end a run at the first batch that is harder than others.
    private const int StepsOfNoise = 10;

    /// <param name="state">How the training stands.</param>
    /// <param name="own">The rate that the factors refer to.</param>
    public LearningRateCurve[] Run(RunState state, double own) => [.. Enumerable.Range(0, options.Repeats).Select(repeat => Run(state, own, repeat))];

    private LearningRateCurve Run(RunState state, double own, int repeat)
    {
        state.Restore();
        Seed(repeat);
        var order = new Random(unchecked(options.Seed + (repeat * 7919)));
        var left = new Queue<int>();
        List<double> rates = [], losses = [], smoothed = [];
        var (mean, weight, best, end) = (0.0, 0.0, double.PositiveInfinity, LearningRateCurveEnd.Completed);
        for (var step = 0; step < options.Steps && end == LearningRateCurveEnd.Completed; step++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            if (left.Count == 0)
                left = new Queue<int>(Shuffled(order));
            var rate = Rate(step);
            state.ScaleRates(rate / own);
            var value = Step(batches[left.Dequeue()]);
            options.Progress?.Report(new LearningRateRangeProgress(repeat, step, rate, value));
            if (!double.IsFinite(value))
            {
                end = LearningRateCurveEnd.NonFinite;
                break;
            }

            (mean, weight) = ((options.Smoothing * mean) + ((1 - options.Smoothing) * value), (options.Smoothing * weight) + 1 - options.Smoothing);
            rates.Add(rate);
            losses.Add(value);
            smoothed.Add(mean / weight);
            best = Math.Min(best, smoothed[^1]);
            if (step >= StepsOfNoise && smoothed[^1] >= best + ((options.StopAt - 1) * Math.Max(Math.Abs(best), Deviation(losses))))
                end = LearningRateCurveEnd.Diverged;
        }

        return new LearningRateCurve { Rates = [.. rates], Losses = [.. losses], Smoothed = [.. smoothed], End = end };
    }

    private double Step(TBatch batch)
    {
        using var scope = NewDisposeScope();
        using var gradients = enable_grad();
        foreach (var optimizer in optimizers)
            optimizer.zero_grad();
        var value = ScalarLoss.Checked(loss(batch));
        var number = value.ToDouble();
        if (!double.IsFinite(number))
            return number;
        value.backward();
        foreach (var optimizer in optimizers)
            optimizer.step();
        return number;
    }

    private double Rate(int step) => options.From * Math.Pow(options.To / options.From, (double)step / (options.Steps - 1));

    private int[] Shuffled(Random random)
    {
        int[] places = [.. Enumerable.Range(0, batches.Count)];
        random.Shuffle(places);
        return places;
    }

    // Not manual_seed: it would seed the GPU too, whose state cannot be put back.
    private void Seed(int repeat)
    {
        using var generator = new Generator((ulong)options.Seed + (ulong)repeat + 1);
        using var state = generator.get_state();
        RandomState.Set(state);
    }

    private static double Deviation(List<double> losses)
    {
        var mean = losses.Take(StepsOfNoise).Average();
        return Math.Sqrt(losses.Take(StepsOfNoise).Sum(l => (l - mean) * (l - mean)) / (StepsOfNoise - 1));
    }
}
