namespace MLNetDebug.Torch.Training;

/// <summary>Where a number that is not finite came into a step.</summary>
public enum NonFiniteDirection
{
    /// <summary>It could not be told.</summary>
    Unknown = 0,

    /// <summary>It stood in the batch.</summary>
    Input = 1,

    /// <summary>It stood in a parameter or a buffer before the step began.</summary>
    Parameter = 2,

    /// <summary>The forward pass made it, the loss included.</summary>
    Forward = 3,

    /// <summary>The backward pass made it; the loss is finite.</summary>
    Backward = 4,

    /// <summary>The optimizer's update made it: loss and gradients are finite.</summary>
    Update = 5,
}

/// <summary>A step with a loss, a gradient or a parameter that is not finite, and what a replay of it has told.</summary>
public sealed record NonFiniteIncident
{
    /// <summary>The step.</summary>
    public required long Step { get; init; }

    /// <summary>Where the first such number was made.</summary>
    public required NonFiniteDirection Direction { get; init; }

    /// <summary>What was seen first, such as <c>loss</c>, <c>gradient of fc1.weight</c>, <c>parameter fc1.weight</c>.</summary>
    public required string Seen { get; init; }

    /// <summary>The path of the module in which it was made, or that owns the parameter; empty for the network's own code, null where it was made outside of the network (the loss, the batch) or is not known.</summary>
    public string? Module { get; init; }

    /// <summary>The type of that module.</summary>
    public string ModuleType { get; init; } = "";

    /// <summary>True where it was made by what follows the network: the loss.</summary>
    public bool IsInLoss { get; init; }

    /// <summary>The module whose return was the last finite one, where the code between two modules made it; null otherwise.</summary>
    public string? After { get; init; }

    /// <summary>The module that was given it first, where the code between two modules made it; null where none was.</summary>
    public string? Before { get; init; }

    /// <summary>The operation, in words that stand behind "made by": <c>log of 0</c>, <c>exp of 93.2</c>, <c>division by 0</c>, <c>mean over no elements</c>; empty where it could not be told.</summary>
    public string Operation { get; init; } = "";

    /// <summary>The value that did it, such as 0 for a log and 93.2 for an exp; NaN where it could not be told.</summary>
    public double Value { get; init; } = double.NaN;

    /// <summary>The function that autograd's anomaly mode blames, such as <c>SqrtBackward0</c>; empty where it was not asked or blamed none.</summary>
    public string AutogradFunction { get; init; } = "";

    /// <summary>The parameter, the buffer or the part of the batch that held it (<c>input 0</c>, <c>target</c>); empty for others.</summary>
    public string Tensor { get; init; } = "";

    /// <summary>The first row of the batch with such a number, where it stood in the batch or in one row of an output only; null otherwise.</summary>
    public long? Row { get; init; }

    /// <summary>Numbers that are not finite in that tensor.</summary>
    public long Count { get; init; }

    /// <summary>True where the step was replayed; false where the loop hands no forward pass over.</summary>
    public bool IsReplayed { get; init; }

    /// <summary>True where the replay met the same; what could not be reproduced was made by something that changes from call to call.</summary>
    public bool IsReproduced { get; init; }

    /// <summary>What to do, in one sentence; empty where nothing better is known than the rule's own advice.</summary>
    public string Mend { get; init; } = "";

    /// <summary>The code that does it; null where there is none.</summary>
    public string? MendCode { get; init; }
}
