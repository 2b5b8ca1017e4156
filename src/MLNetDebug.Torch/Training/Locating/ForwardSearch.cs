namespace MLNetDebug.Torch.Training.Locating;

/// <summary>
/// Finds the first point of a pass whose bad numbers are why the loss, or a gradient, is not finite. That a number is not finite says little: masks are made of -infinity. So each point is tried, in order of time:
/// the pass is replayed with the bad numbers at that point replaced, and it is to blame if all is finite then.
/// </summary>
internal static class ForwardSearch
{
    /// <summary>At most so many points are tried.</summary>
    private const int MaxPoints = 24;

    /// <summary>The point, and those before it that were found harmless; null where the outcome is bad whatever passes at the modules.</summary>
    /// <param name="run">Replays by a plan.</param>
    /// <param name="isBad">True for an outcome that is not finite.</param>
    public static (int Point, IReadOnlySet<int> Harmless)? FirstCause(Func<PassPlan, Replayed> run, Func<Replayed, bool> isBad)
    {
        HashSet<int> masks;
        using (var pass = run(new()))
            masks = [.. Masks(pass.Trace)];
        // What a mask leads to, such as a probability of 0, is not its fault; only where nothing else is to blame it is.
        return FirstCause(run, isBad, masks) ?? (masks.Count > 0 ? FirstCause(run, isBad, []) : null);
    }

    private static (int Point, IReadOnlySet<int> Harmless)? FirstCause(Func<PassPlan, Replayed> run, Func<Replayed, bool> isBad, HashSet<int> masks)
    {
        var cleaned = new HashSet<int>();
        for (var i = 0; i < MaxPoints; i++)
        {
            using var pass = run(new() { Cleaned = cleaned });
            if (pass.Thrown is not null)
                return null;
            if (!isBad(pass))
                return cleaned.Count == 0 ? null : Necessary(run, isBad, cleaned);
            if (pass.Trace.Points.FirstOrDefault(p => p.IsBad && !cleaned.Contains(p.Index) && !masks.Contains(p.Index)) is not { } next)
                return null;
            cleaned.Add(next.Index);
        }

        return null;
    }

    /// <summary>Points at which nothing but -infinity passes, and every module that is given it returns finite numbers.</summary>
    private static IEnumerable<int> Masks(PassTrace trace)
    {
        var borne = trace.Points.Where(p => !p.IsReturn && p.Count.IsNegativeOnly).ToDictionary(p => p, p => trace.Points.Any(r => r.IsReturn && ReferenceEquals(r.Call, p.Call) && !r.IsBad));
        foreach (var point in trace.Points.Where(p => p.Count.IsNegativeOnly))
        {
            if (borne.TryGetValue(point, out var isBorne) ? isBorne : Takers(point) is { Count: > 0 } takers && takers.TrueForAll(t => borne.GetValueOrDefault(t)))
                yield return point.Index;
        }

        List<PassPoint> Takers(PassPoint returned) =>
            [.. trace.Points.Skip(returned.Index).Where(p => !p.IsReturn && p.Tensors.Any(t => t.Count.IsBad && returned.Tensors.Any(r => ReferenceEquals(r.Object, t.Object))))];
    }

    /// <summary>The first point of a set without which the rest is not enough.</summary>
    private static (int Point, IReadOnlySet<int> Harmless)? Necessary(Func<PassPlan, Replayed> run, Func<Replayed, bool> isBad, HashSet<int> cleaned)
    {
        var order = cleaned.Order().ToList();
        foreach (var point in order.SkipLast(1))
        {
            using var pass = run(new() { Cleaned = order.Where(p => p != point).ToHashSet() });
            if (isBad(pass))
                return (point, order.TakeWhile(p => p < point).ToHashSet());
        }

        return (order[^1], order.SkipLast(1).ToHashSet());
    }
}
