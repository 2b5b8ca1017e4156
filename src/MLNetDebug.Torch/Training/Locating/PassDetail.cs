using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Locating;

/// <summary>A pass that was run once more to keep the numbers around one point.</summary>
internal sealed class PassDetail : IDisposable
{
    /// <summary>So many points before the one asked for are kept.</summary>
    private const int Before = 40;

    private readonly Replayer _replayer;
    private readonly Replayed _pass;

    public PassDetail(Replayer replayer, PassTrace earlier, int point, IReadOnlySet<int> cleaned)
    {
        _replayer = replayer;
        var kept = Enumerable.Range(Math.Max(0, point - Before), Math.Min(point, Before) + 1).ToHashSet();
        // What the modules around were given, however long ago.
        for (var call = earlier.Points[point].Call; call is not null; call = call.Parent)
            kept.Add(earlier.Points.First(p => !p.IsReturn && ReferenceEquals(p.Call, call)).Index);
        _pass = replayer.Run(new() { Kept = kept, Cleaned = cleaned });
        Point = _pass.Trace.Points[point];
    }

    public PassTrace Trace => _pass.Trace;

    public PassPoint Point { get; }

    /// <summary>The operation that made what is bad at the point; null where it cannot be told.</summary>
    public NamedOperation? Operation(Place place)
    {
        if (place.Of is not { } module)
            return null;
        var given = Trace.Points.FirstOrDefault(p => !p.IsReturn && ReferenceEquals(p.Call, Point.Call));
        if (Point.IsReturn && place.IsWhole && BuiltInModules.Find(module, given?.Tensors ?? [], module.parameters(false)) is { } builtIn)
            return builtIn;
        if (Bad?.Copy is not { } made || made.numel() == 0)
            return null;
        var passed = Trace.Points.Take(Point.Index).Reverse().SelectMany(p => p.Tensors).Where(t => t.Copy is not null).DistinctBy(t => t.Object, ReferenceEqualityComparer.Instance).Select(t => t.Copy!).ToList();
        Tensor[] own = [.. module.parameters(false).Take(3), .. module.named_buffers(false).Select(b => b.buffer).Take(3)];
        Tensor[] batch = [.. _replayer.Step.Batch.Select(b => b.Tensor).Where(t => !t.IsInvalid)];
        return OperationFinder.Find(made, [.. passed.Take(4), .. own, .. batch, .. passed.Skip(4)], [.. passed, .. own, .. batch]);
    }

    /// <summary>An incident with what is known of the bad tensor.</summary>
    public NonFiniteIncident Fill(NonFiniteIncident incident) => Bad is not { } bad ? incident : incident with
    {
        Count = bad.Count.All,
        Row = bad.Copy is { Dimensions: > 1 } copy && NonFiniteCount.RowsOf(copy) is (var first, 1) && copy.shape[0] > 1 ? first : null,
    };

    public void Dispose() => _pass.Dispose();

    private PointTensor? Bad => Point.Tensors.FirstOrDefault(t => t.Count.IsBad);
}
