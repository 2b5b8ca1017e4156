using MLNetDebug.Data;

namespace MLNetDebug.Torch.Networks;

/// <summary>A network that would be trained in evaluation mode: its dropout drops nothing, and its batch normalisation does not see the batch.</summary>
internal sealed class EvalModeInTraining : Rule<NetworkProfile>
{
    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.EvalModeInTraining, nameof(RuleIds.EvalModeInTraining), "A network is trained in evaluation mode.", RuleCategory.Structure, Severity.Warning, ProofKind.Fact);

    protected override void Judge(NetworkProfile measured, FindingSink sink)
    {
        // Batches to recalibrate with are those of a trained network: its mode says nothing of training.
        if (measured.Modules.Count == 0 || measured.Recalibration is not null || (measured.Parameters.Count > 0 && measured.Parameters.All(p => !p.RequiresGrad)))
            return;
        var root = measured.Modules.First(m => m.Name.Length == 0);
        var idle = measured.Modules.Where(m => !m.IsTraining && DependsOnMode(m)).ToList();
        if (idle.Count == 0)
            return;
        if (!root.IsTraining || IsEvaluatingBelow(measured))
            sink.Report(Whole(measured, idle));
        else if (idle.Where(m => m.Kind != ModuleKind.BatchNorm && !IsInFrozenPart(measured, m)).ToList() is { Count: > 0 } dropouts)
            sink.Report(Single(measured, dropouts));
    }

    private static bool DependsOnMode(ModuleProfile module) =>
        module.Kind == ModuleKind.BatchNorm ? module.Settings.GetValueOrDefault("track_running_stats", 1) != 0 : StructureCode.Probability(module) > 0;

    // Everything but the network itself, with more in it than batch normalisation that was frozen on purpose.
    private static bool IsEvaluatingBelow(NetworkProfile profile)
    {
        var below = profile.Modules.Where(m => m.Name.Length > 0).ToList();
        return below.TrueForAll(m => !m.IsTraining) && below.Exists(m => m.IsLeaf && m.Kind != ModuleKind.BatchNorm)
            && (profile.Parameters.Count == 0 || profile.Parameters.Any(p => p.Module.Length > 0 && p.RequiresGrad));
    }

    // A backbone that is frozen and evaluated: switched off on purpose.
    private static bool IsInFrozenPart(NetworkProfile profile, ModuleProfile module)
    {
        for (var part = module.Parent; !string.IsNullOrEmpty(part); part = profile.Modules.FirstOrDefault(m => m.Name == part)?.Parent)
        {
            var own = profile.Parameters.Where(p => p.Module == part || p.Module.StartsWith(part + ".", StringComparison.Ordinal)).ToList();
            if (own.Count > 0 && own.TrueForAll(p => !p.RequiresGrad))
                return true;
        }

        return false;
    }

    private static FindingDraft Whole(NetworkProfile profile, List<ModuleProfile> idle)
    {
        var dropouts = idle.Where(m => m.Kind != ModuleKind.BatchNorm).Select(m => $"`{m.Name}`").ToList();
        var norms = idle.Where(m => m.Kind == ModuleKind.BatchNorm).Select(m => $"`{m.Name}`").ToList();
        var what = string.Join(
            ", and ",
            new[]
            {
                dropouts.Count > 0 ? $"dropout drops nothing ({Words.Names(dropouts)})" : "",
                norms.Count > 0 ? $"batch normalisation divides by running statistics that never move ({Words.Names(norms)})" : "",
            }.Where(t => t.Length > 0));
        return new FindingDraft(
            Places.Module(profile, ""),
            $"The network ({profile.Network}) is in evaluation mode where training would begin: {what}.")
        {
            Evidence = [new Evidence("modules in evaluation mode", idle.Count) { Threshold = 0, Unit = "modules" }],
            Advice = [new Advice("Switch to training mode before the first step, and again after every evaluation in between.", "model.train();")],
        };
    }

    private static FindingDraft Single(NetworkProfile profile, List<ModuleProfile> dropouts) => new(
        Places.Module(profile, dropouts[0].Name),
        $"{Places.Named(dropouts[0])} is in evaluation mode while the network is in training mode: it drops nothing. That may be meant." + StructureCode.Also([.. dropouts.Skip(1).Select(m => m.Name)], "The same goes for"))
    {
        Severity = Severity.Info,
        Evidence = [new Evidence("modules in evaluation mode", dropouts.Count) { Threshold = 0, Unit = "modules" }],
        Advice = [new Advice("If it is not, switch the whole network.", "model.train();")],
    };
}
