namespace MLNetDebug.Torch.Networks;

/// <summary>A trainable weight and its gain: how much larger its layer's output is than its input, for inputs that are independent.</summary>
internal sealed record WeightScale(ParameterProfile Parameter, ModuleProfile Module, double Gain)
{
    /// <summary>The trainable weights, those that are all alike left out (they are another rule's).</summary>
    public static IReadOnlyList<WeightScale> All(NetworkProfile profile)
    {
        var modules = profile.Modules.ToDictionary(m => m.Name);
        return
        [
            .. from parameter in profile.Parameters
               where parameter is { RequiresGrad: true, TiedTo: null, Role: ParameterRole.Weight, UnitsAlike: false, FanIn: > 0, Facts.NonFinite: 0 }
               let module = modules.GetValueOrDefault(parameter.Module)
               where module?.Kind is ModuleKind.Linear or ModuleKind.Convolution or ModuleKind.Recurrent
               let gain = parameter.Facts.RootMeanSquare * Math.Sqrt(parameter.FanIn)
               where gain > 0
               select new WeightScale(parameter, module, gain),
        ];
    }

    /// <summary>
    /// Those of them whose scale reaches what stands behind them: no normalisation takes it away again.
    /// Whether there is one is not known of modules that were not seen, in a network with normalisations; they are left out.
    /// </summary>
    public static IReadOnlyList<WeightScale> Unnormalised(NetworkProfile profile, NetworkFlow flow, IReadOnlyList<WeightScale> all)
    {
        var hasNorm = profile.Modules.Any(m => m.Kind is ModuleKind.BatchNorm or ModuleKind.RowNorm);
        return [.. all.Where(w => w.Module.IsSeen ? !flow.StepsOf(w.Module.Name).Any(s => flow.Following(s, PassesScale).Any(n => n.IsNorm())) : !hasNorm)];
    }

    // A sum of branches is normalised with all of them.
    private static bool PassesScale(FlowStep step) => step.MovesOnly() || step.Kind == ModuleKind.Activation && !step.Saturates() || step.Operation?.Name is "add" or "scale";
}
