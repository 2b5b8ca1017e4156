using MLNetDebug.Zoo.Tables;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Zoo.Benchmarks;

/// <summary>Tensors that a watched training gains over 2,000 steps, each in a scope of its own as a careful loop has it.</summary>
internal static class GuardLeaks
{
    private const int Steps = 2_000;

    // Statistics, momentum, searches for the loss and the first snapshots are there by then.
    private const int Before = 200;

    /// <summary>A network of many kinds of layers that takes no time.</summary>
    public static readonly BenchmarkNetwork Small = new(
        "small", 16, [16, 1, 8, 8], [1, 8, 8], false, () => Sequential(
            ("conv", Conv2d(1, 4, 3)), ("bn", BatchNorm2d(4)), ("relu", ReLU()), ("flat", Flatten()), ("drop", Dropout(0.2)), ("fc", Linear(4 * 36, BenchmarkNetwork.Classes))));

    public static IEnumerable<TableRow> Rows(TableArguments arguments)
    {
        if (!arguments.Wants("4.leak"))
            yield break;
        var gained = new[] { Watching.Default, Watching.Begin, Watching.Mend }.Select(w => (Watching: w, Tensors: Gained(w, arguments.Seed))).ToArray();
        yield return new TableRow("4.leak", Steps, gained.Max(g => g.Tensors), null, null, $"tensors gained; {string.Join(", ", gained.Select(g => $"{g.Watching} {g.Tensors}"))}", "==", 0);
    }

    private static long Gained(Watching watching, int seed)
    {
        using var batches = new ClassBatches(Small);
        using var training = new WatchedTraining(Small, watching, seed);
        var before = 0L;
        for (var i = 0; i < Before + Steps; i++)
        {
            if (i == Before)
                before = Tensor.TotalCount;
            var (x, y) = batches.Next();
            training.Step(x, y);
            x.Dispose();
            y.Dispose();
            if (i % 100 == 99)
                training.Guard!.EndEpoch();
        }

        return Tensor.TotalCount - before;
    }
}
