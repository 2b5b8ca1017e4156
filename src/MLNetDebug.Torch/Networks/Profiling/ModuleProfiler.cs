namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>What is known of one module after the pass.</summary>
internal static class ModuleProfiler
{
    public static ModuleProfile Profile(NamedModule of, IReadOnlySet<string> paths, bool isSeen, ForwardTrace trace, StateSnapshot state, IReadOnlySet<string> changed)
    {
        var (name, module) = of;
        var prefix = name.Length == 0 ? "" : name + ".";
        var kind = ModuleReader.KindOf(module);
        var isLeaf = !module.named_children().Any();
        var profile = new ModuleProfile
        {
            Name = name,
            Type = module.GetType().Name,
            Kind = kind == ModuleKind.Other && isLeaf && IsRowNorm(of, trace) ? ModuleKind.RowNorm : kind,
            Parent = name.Length == 0 ? null : ModulePaths.HolderOf(name, paths.Contains),
            IsLeaf = isLeaf,
            IsBuiltIn = module.GetType().Assembly == typeof(TorchSharp.torch).Assembly,
            IsTraining = state.WasTraining(module),
            Settings = ModuleReader.SettingsOf(module),
            Parameters = [.. module.named_parameters(recurse: false).Select(p => p.name)],
            IsSeen = isSeen,
            IsCallable = ModuleHooks.CanListen(module),
        };
        if (kind != ModuleKind.BatchNorm || state.Before(prefix + "running_mean") is null)
            return profile;
        return profile with
        {
            StatisticsMoved = changed.Contains(prefix + "running_mean") || changed.Contains(prefix + "num_batches_tracked"),
            BatchesTracked = state.Before(prefix + "num_batches_tracked")?.item<long>(),
        };
    }

    private static bool IsRowNorm(NamedModule of, ForwardTrace trace) =>
        trace.Calls.FirstOrDefault(c => c.Module == of.Name && c is { IsInnermost: true, Inputs.Count: 1, Outputs.Count: 1 }) is { } call
        && RowNormDetector.IsRowNorm(of.Module, trace.Values[call.Inputs[0]], trace.Values[call.Outputs[0]]);
}
