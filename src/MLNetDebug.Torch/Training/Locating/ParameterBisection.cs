using MLNetDebug.Torch.Networks.Profiling;

namespace MLNetDebug.Torch.Training.Locating;

/// <summary>
/// Where a gradient was spoiled, told by the parameters alone: a bad gradient spoils those of everything before it, so that it was made between the last parameter with a bad one and the first good one
/// behind it. Parameters are taken in the order in which the network lists them.
/// </summary>
internal static class ParameterBisection
{
    /// <summary>What is not finite in the gradient of each parameter; null for one without gradient.</summary>
    public static IReadOnlyList<(string Name, NonFiniteCount? Count)> Gradients(StepReplay step) =>
        [.. step.Parameters.Select(p =>
        {
            using var gradient = p.Parameter.grad;
            return (p.Name, gradient is null ? (NonFiniteCount?)null : NonFiniteCount.Of(gradient));
        })];

    /// <summary>The place; null where all gradients are finite.</summary>
    public static Place? Between(IReadOnlyList<(string Name, NonFiniteCount? Count)> gradients, IReadOnlyList<NamedModule> modules)
    {
        var known = gradients.Where(g => g.Count is not null).ToList();
        var last = known.FindLastIndex(g => g.Count!.Value.IsBad);
        if (last < 0)
            return null;
        var after = Place.Holder(known[last].Name, modules);
        if (last == known.Count - 1)
            // Nothing tells the network's last code from the loss.
            return Place.Unknown with { After = after.Module };
        var before = Place.Holder(known[last + 1].Name, modules);
        if (after.Module == before.Module)
            return after;
        return Place.Holder(Common(after.Module!, before.Module!), modules) with { After = after.Module, Before = before.Module };
    }

    /// <summary>A name within the deepest module that holds both.</summary>
    private static string Common(string one, string other)
    {
        var (a, b) = (one.Split('.'), other.Split('.'));
        var same = a.Zip(b).TakeWhile(p => p.First == p.Second).Count();
        return string.Join('.', [.. a.Take(same), "_"]);
    }
}
