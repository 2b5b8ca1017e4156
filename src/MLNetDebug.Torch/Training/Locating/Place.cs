using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Locating;

/// <summary>Where in a network, or behind it, something was made.</summary>
/// <param name="Module">The module's path; empty for the network's own code, null outside of it.</param>
/// <param name="Of">The module; null outside of the network.</param>
internal sealed record Place(string? Module, nn.Module? Of)
{
    public static readonly Place Loss = new(null, null) { IsInLoss = true };

    public static readonly Place Unknown = new(null, null);

    public bool IsInLoss { get; init; }

    /// <summary>The module whose return came last before it.</summary>
    public string? After { get; init; }

    /// <summary>The module that was given it.</summary>
    public string? Before { get; init; }

    /// <summary>True where the module itself made it, and no module listened to was called within: not code of its own around others.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Where what first stood at a point was made.</summary>
    public static Place Behind(PassTrace trace, PassPoint point, IReadOnlyList<NamedModule> modules)
    {
        var call = point.Call;
        if (point.IsReturn)
        {
            var last = trace.LastWithin(call, point.Index);
            return new(call.Path, call.Module) { After = last?.Path, IsWhole = last is null };
        }

        return Within(call.Parent, call, modules) with { After = trace.LastWithin(call.Parent, point.Index)?.Path, Before = call.Path };
    }

    /// <summary>The code that calls a module: its caller's; of a module that nobody listened to called, the one that holds it.</summary>
    public static Place Within(PassCall? caller, PassCall call, IReadOnlyList<NamedModule> modules)
    {
        if (caller is not null)
            return new(caller.Path, caller.Module);
        // The network itself is called by the loop.
        return call.Path.Length == 0 ? Unknown : Holder(call.Path, modules);
    }

    /// <summary>The module that holds another, or the one that holds what bears a name.</summary>
    public static Place Holder(string name, IReadOnlyList<NamedModule> modules)
    {
        // Lists have no code of their own.
        var path = ModulePaths.HolderOf(name, p => modules.Any(m => m.Name == p && ModuleHooks.CanListen(m.Module)));
        return new(path, modules.First(m => m.Name == path).Module);
    }
}
