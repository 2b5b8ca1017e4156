using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Locating;

/// <summary>Finds what made a loss that is not finite: the batch, a parameter or buffer, a place in the forward pass, or the loss.</summary>
/// <param name="replayer">Replays the step.</param>
/// <param name="blank">What is known of the incident.</param>
/// <param name="gradients">Runs a backward pass too and says whether a gradient is bad, where the loss itself is finite.</param>
internal sealed class ForwardLocaliser(Replayer replayer, NonFiniteIncident blank, Func<PassPlan, (Replayed Pass, bool IsBad)>? gradients = null)
{
    private bool _isGradientBad;

    public NonFiniteIncident Locate(Replayed first)
    {
        var inBatch = HeldNumbers.InBatch(replayer.Step);
        if (inBatch.Count == 0)
            return InPass(first);
        using var cleaner = TensorCleaner.Of(inBatch.Select(h => h.Tensor));
        using (var clean = replayer.Run())
        {
            // Bad numbers that the loss does not need, such as masks, are not the cause: the search goes on without them.
            if (!cleaner.IsComplete || clean.Thrown is not null || clean.IsLossBad)
                return InPass(clean.Thrown is null ? clean : first);
        }

        cleaner.Dispose();
        if (inBatch.All(h => h.Count.IsNegativeOnly) && EmptySoftmax(new HashSet<int>()) is { } softmax)
            return softmax;
        return blank.Holding(First(inBatch));
    }

    private NonFiniteIncident InPass(Replayed first)
    {
        if (FromPoint(first) is { } found)
            return found;
        if (Blamed(Held()) is { } any)
            return blank.Holding(any, replayer.Modules);
        var isSeen = first.Trace.Points.Count > 0;
        var after = first.Trace.HasRoot ? null : first.Trace.LastWithin(null, first.Trace.Points.Count)?.Path;
        return blank.At(isSeen ? Place.Loss with { After = after } : Place.Unknown).By(isSeen ? new LossOperation(replayer, first.Trace).Find() : null) with { Direction = NonFiniteDirection.Forward };
    }

    /// <summary>The incident of a point in the network at which bad numbers passed that are the cause; null where there is none.</summary>
    public NonFiniteIncident? FromPoint(Replayed first)
    {
        if (ForwardSearch.FirstCause(Run, IsBad) is not var (index, harmless) || first.Trace.Points.Count <= index)
            return null;
        using var detail = new PassDetail(replayer, first.Trace, index, harmless);
        var place = Place.Behind(detail.Trace, detail.Point, replayer.Modules);
        if (place.Module is { } path && Blamed([.. Held().Where(h => h.IsWithin(path))]) is { } parameter)
            return blank.Holding(parameter, replayer.Modules);
        var operation = detail.Operation(place);
        // What hides places of an attention is -infinity on purpose.
        if (operation is null && detail.Point.Count.IsNegativeOnly && EmptySoftmax(harmless) is { } softmax)
            return softmax;
        return detail.Fill(blank.At(place).By(operation)) with { Direction = NonFiniteDirection.Forward };
    }

    /// <summary>The incident of what was made right before a point.</summary>
    public NonFiniteIncident At(Replayed first, int point)
    {
        using var detail = new PassDetail(replayer, first.Trace, point, new HashSet<int>());
        var place = Place.Behind(detail.Trace, detail.Point, replayer.Modules);
        return detail.Fill(blank.At(place).By(detail.Operation(place))) with { Direction = NonFiniteDirection.Forward };
    }

    /// <summary>The first point with NaN, where a softmax of nothing but -infinity made it; null otherwise.</summary>
    private NonFiniteIncident? EmptySoftmax(IReadOnlySet<int> harmless)
    {
        using var pass = replayer.Run(new() { Cleaned = harmless });
        if (pass.Trace.Points.FirstOrDefault(p => p.Count.NaN > 0) is not { } point)
            return null;
        using var detail = new PassDetail(replayer, pass.Trace, point.Index, harmless);
        var place = Place.Behind(detail.Trace, detail.Point, replayer.Modules);
        return detail.Operation(place) is { } operation && operation.Text == Mends.EmptySoftmax().Text
            ? detail.Fill(blank.At(place).By(operation)) with { Direction = NonFiniteDirection.Forward } : null;
    }

    /// <summary>The parameter or buffer without whose bad numbers the loss is finite; null where it is not.</summary>
    private HeldNumbers? Blamed(IReadOnlyList<HeldNumbers> held)
    {
        if (held.Count == 0 || !IsFiniteWithout(held))
            return null;
        return First(held);
    }

    /// <summary>The first of several that is enough by itself to spoil the loss.</summary>
    private HeldNumbers First(IReadOnlyList<HeldNumbers> held) =>
        held.Count == 1 ? held[0] : held.FirstOrDefault(h => !IsFiniteWithout([.. held.Where(o => !ReferenceEquals(o, h))])) ?? held[0];

    private bool IsFiniteWithout(IReadOnlyList<HeldNumbers> held)
    {
        using var cleaner = TensorCleaner.Of(held.Select(h => h.Tensor));
        using var pass = Run(new());
        return pass.Thrown is null && !IsBad(pass);
    }

    // -infinity in a buffer is a mask.
    private List<HeldNumbers> Held() => [.. HeldNumbers.InNetwork(replayer.Step).Where(h => h.Tensor is Parameter || !h.Count.IsNegativeOnly)];

    private Replayed Run(PassPlan plan)
    {
        if (gradients is null)
            return replayer.Run(plan);
        (var pass, _isGradientBad) = gradients(plan);
        return pass;
    }

    private bool IsBad(Replayed pass) => pass.IsLossBad || (gradients is not null && _isGradientBad);
}
