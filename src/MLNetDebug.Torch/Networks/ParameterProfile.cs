namespace MLNetDebug.Torch.Networks;

/// <summary>What a parameter is to its module.</summary>
public enum ParameterRole
{
    /// <summary>Not known.</summary>
    Other = 0,

    /// <summary>A weight that multiplies: a matrix or a kernel.</summary>
    Weight = 1,

    /// <summary>A bias that is added.</summary>
    Bias = 2,

    /// <summary>The scale (gamma) of a normalisation, or the slope of a PReLU.</summary>
    Scale = 3,

    /// <summary>The shift (beta) of a normalisation.</summary>
    Shift = 4,

    /// <summary>A table that is looked up: the weight of an Embedding.</summary>
    Embedding = 5,
}

/// <summary>One registered parameter under one name.</summary>
public sealed record ParameterProfile
{
    /// <summary>Its dotted name, such as <c>encoder.fc1.weight</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The path of the module that owns it; empty for the network itself.</summary>
    public required string Module { get; init; }

    /// <summary>Shape, type and statistics.</summary>
    public required TensorFacts Facts { get; init; }

    /// <summary>What it is to its module.</summary>
    public ParameterRole Role { get; init; }

    /// <summary>False where it is frozen.</summary>
    public bool RequiresGrad { get; init; } = true;

    /// <summary>For two dimensions and more: how many inputs one unit sums over (the product of all dimensions but the first; PyTorch's fan_in); 0 otherwise.</summary>
    public long FanIn { get; init; }

    /// <summary>For two dimensions and more, with two units or more: true where the weights of all units (slices along the first dimension) are equal to the bit.</summary>
    public bool UnitsAlike { get; init; }

    /// <summary>The first name under which the same memory is listed; null where this is the first or the only one.</summary>
    public string? TiedTo { get; init; }

    /// <summary>How many times the optimizers that were given would update it in one step; null where none was given. Entries under a tied name count for each name.</summary>
    public int? Updates { get; init; }

    /// <summary>
    /// What became of a weight whose units are alike, or that is zero, in trial steps that were taken back (see <see cref="SymmetryTrial"/>); null where it was not suspicious
    /// or no loss was given.
    /// </summary>
    public SymmetryTrial? Trial { get; init; }
}

/// <summary>
/// A suspicious weight after a few steps of gradient descent, each parameter moved by a hundredth of its scale along its own gradient, all taken back afterwards. Units that are still alike
/// will stay so: their gradients are the same.
/// </summary>
/// <param name="Steps">Steps taken.</param>
/// <param name="Moved">True where any element changed.</param>
/// <param name="UnitsAlike">True where the units still hold the same weights, up to rounding.</param>
/// <param name="DeadParameters">Names of all the network's weights whose gradient was exactly zero in every step.</param>
public sealed record SymmetryTrial(int Steps, bool Moved, bool UnitsAlike, IReadOnlyList<string> DeadParameters);

/// <summary>A module or a parameter that a module holds in a field and has not registered: no optimizer sees it, no save writes it, no <c>to</c> moves it.</summary>
public sealed record UnregisteredProfile
{
    /// <summary>The path of the module whose field it is.</summary>
    public required string Holder { get; init; }

    /// <summary>The field, with its index or key where it is a list: <c>layers[0]</c>.</summary>
    public required string Field { get; init; }

    /// <summary>The type of what it holds.</summary>
    public required string Type { get; init; }

    /// <summary>The holder's type.</summary>
    public string HolderType { get; init; } = "";

    /// <summary>Trainable parameters it holds.</summary>
    public int Parameters { get; init; }

    /// <summary>Elements in them.</summary>
    public long Elements { get; init; }

    /// <summary>True where it stands in a list, an array or a dictionary of .NET's own.</summary>
    public bool IsInCollection { get; init; }

    /// <summary>True where the holder registers nothing at all: RegisterComponents was forgotten.</summary>
    public bool HolderRegistersNothing { get; init; }
}
