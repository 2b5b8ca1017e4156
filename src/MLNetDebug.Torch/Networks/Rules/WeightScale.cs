namespace MLNetDebug.Torch.Networks;

/// <summary>A trainable weight and its gain: how much larger its layer's output is than its input, for inputs that are independent.</summary>
internal sealed record WeightScale(ParameterProfile Parameter, ModuleProfile Module, double Gain)
{
    /// <summary>
    /// The weights whose scale reaches what stands behind them: trainable, not all alike (those are another rule's), and with no normalisation that takes the scale away again.
    /// Whether there is one is not known of modules that were not seen, in a network with normalisations; they are left out.
    /// </summary>
    public static IReadOnlyList<WeightScale> Of(NetworkProfile profile, NetworkFlow flow)
    {
        var hasNorm = profile.Modules.Any(m => m.Kind is ModuleKind.BatchNorm or ModuleKind.RowNorm);
        var modules = profile.Modules.ToDictionary(m => m.Name);
        return
        [
            .. from parameter in profile.Parameters
               where parameter is { RequiresGrad: true, TiedTo: null, Role: ParameterRole.Weight, UnitsAlike: false, FanIn: > 0, Facts.NonFinite: 0 }
               let module = modules.GetValueOrDefault(parameter.Module)
               where module?.Kind is ModuleKind.Linear or ModuleKind.Convolution or ModuleKind.Recurrent
               where module.IsSeen ? !flow.StepsOf(module.Name).Any(s => flow.Following(s, PassesScale).Any(n => n.IsNorm())) : !hasNorm
               let gain = parameter.Facts.RootMeanSquare * Math.Sqrt(parameter.FanIn)
               where gain > 0
               select new WeightScale(parameter, module, gain),
        ];
    }

    // A sum of branches is normalised with all of them.
    private static bool PassesScale(FlowStep step) => step.MovesOnly() || step.Kind == ModuleKind.Activation && !step.Saturates() || step.Operation?.Name is "add" or "add_relu" or "scale";
}
