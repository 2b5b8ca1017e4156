using MLNetDebug.Torch.Networks;
using MLNetDebug.Torch.Networks.Profiling;

namespace MLNetDebug.Torch.Training.Locating;

/// <summary>Reads the gradients that came back at the modules, in the order in which they came.</summary>
internal static class BackwardSearch
{
    /// <summary>Where the first bad one was made; null where all that were seen are finite.</summary>
    public static Place? FirstCause(GradientTrace gradients, IReadOnlyList<NamedModule> modules)
    {
        if (gradients.Events.FirstOrDefault(e => e.Count.IsBad) is not { } bad)
            return null;
        var (call, good) = (bad.Point.Call, gradients.Events.Take(bad.Index).Reverse().ToList());
        if (!bad.Point.IsReturn)
        {
            // What is within came back good: the code in front of it, or all of a module without others in it.
            var within = good.Find(e => !e.Point.IsReturn && ReferenceEquals(e.Point.Call.Parent, call));
            return new(call.Path, call.Module) { Before = within?.Point.Call.Path, IsWhole = within is null };
        }

        if (call.Path.Length == 0)
            return Place.Loss;
        var consumer = good.Find(e => !e.Point.IsReturn && ReferenceEquals(e.Point.Call.Parent, call.Parent));
        // No other module and not the network itself took it.
        if (call.Parent is null && consumer is null)
            return Place.Loss with { After = call.Path };
        return Place.Within(call.Parent, call, modules) with { After = call.Path, Before = consumer?.Point.Call.Path };
    }

    /// <summary>Where a parameter's gradient was spoiled though those at its module are finite: in the module if its own code uses the parameter or the product overflows, else in the loss.</summary>
    public static Place? AtParameter(PassTrace trace, IReadOnlyList<(string Name, NonFiniteCount? Count)> gradients, GradientTrace seen, IReadOnlyList<NamedModule> modules)
    {
        var owners = gradients.Where(g => g.Count is { IsBad: true }).Select(g => Place.Holder(g.Name, modules)).ToList();
        var calls = owners.Select(o => (Owner: o, Call: trace.Calls.LastOrDefault(c => ReferenceEquals(c.Module, o.Of)))).Where(o => o.Call is not null && seen.Events.Any(e => e.Point.IsReturn && ReferenceEquals(e.Point.Call, o.Call))).ToList();
        // What nobody listened to cannot be told from what it feeds.
        if (calls.Count == 0 || calls.Count < owners.Count)
            return null;
        var last = calls.MaxBy(c => c.Call!.Index).Owner;
        return !ModuleReader.IsBuiltIn(last.Of!.GetType()) || calls.Exists(c => MayOverflow(c.Call!, seen)) ? last : Place.Loss;
    }

    // A weight's gradient is a sum over rows of what came in times what came back.
    private static bool MayOverflow(PassCall call, GradientTrace seen) =>
        seen.Events.Where(e => e.Point.IsReturn && ReferenceEquals(e.Point.Call, call)).Any(e => e.Point.Tensors[e.Tensor].Facts is var facts
            && Math.Max(Math.Abs(e.Facts.Min), Math.Abs(e.Facts.Max)) * facts.Count * 1e3 > (facts.DType == "Float16" ? 65504 : float.MaxValue));
}
