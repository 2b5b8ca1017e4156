namespace MLNetDebug.Torch.Networks;

/// <summary>Subjects of findings on networks, and how messages name modules.</summary>
internal static class Places
{
    /// <summary>A module by its path; the network itself by its type.</summary>
    public static Subject Module(NetworkProfile profile, string name) => new(SubjectKind.Layer, name.Length > 0 ? name : profile.Network);

    /// <summary>A step: its module, or the module in whose code the operation stands.</summary>
    public static Subject Step(NetworkProfile profile, FlowStep step) => Module(profile, step.Module?.Name ?? step.Operation?.Within ?? "");

    /// <summary>A parameter by its full name.</summary>
    public static Subject Parameter(string name) => new(SubjectKind.Layer, name);

    /// <summary>The loss.</summary>
    public static Subject Loss(LossProfile loss) => new(SubjectKind.Layer, loss.Name);

    /// <summary>An optimizer.</summary>
    public static Subject Optimizer(OptimizerProfile optimizer) => new(SubjectKind.Trainer, optimizer.Kind);

    /// <summary>A module as messages write it: <c>`fc1` (Linear)</c>.</summary>
    public static string Named(ModuleProfile module) => module.Name.Length > 0 ? $"`{module.Name}` ({module.Type})" : $"the network ({module.Type})";
}
