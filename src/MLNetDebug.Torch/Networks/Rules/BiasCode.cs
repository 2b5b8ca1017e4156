namespace MLNetDebug.Torch.Networks;

/// <summary>Code that gives a layer a bias, and the bias its first value.</summary>
internal static class BiasCode
{
    public static string? Layer(ModuleProfile module)
    {
        if (!module.IsBuiltIn)
            return null;
        var name = module.Name.Split('.')[^1];
        var (from, to, switched) = module.Kind == ModuleKind.Linear ? ("in_features", "out_features", "hasBias") : ("in_channels", "out_channels", "bias");
        var sizes = module.Settings.TryGetValue(from, out var first) && module.Settings.TryGetValue(to, out var second) ? $"{OptimizerCode.Number(first)}, {OptimizerCode.Number(second)}, " : string.Empty;
        var rest = module.Type == "Linear" && sizes.Length > 0 ? string.Empty : "/* the rest as before, */ ";
        return $"{(InitCode.IsIdentifier(name) ? $"{name} = " : string.Empty)}nn.{module.Type}({sizes}{rest}{switched}: true)";
    }

    public static string Prior(ModuleProfile module, long classes) =>
        $"using (torch.no_grad())\n    {Bias(module)}.copy_((torch.bincount(labels, minlength: {classes}) + 1).to(torch.float32).log().log_softmax(0));";

    public static string TargetMean(ModuleProfile module) => $"using (torch.no_grad())\n    {Bias(module)}.copy_(target.mean([0]));";

    private static string Bias(ModuleProfile module) =>
        InitCode.Target(module.Name, module.Name.Length > 0 ? module.Name + ".bias" : "bias");
}
