namespace MLNetDebug.Torch.Networks;

/// <summary>One call of a module.</summary>
public sealed record CallProfile
{
    /// <summary>The position among <see cref="NetworkProfile.Calls"/>.</summary>
    public required int Index { get; init; }

    /// <summary>The path of the module that was called.</summary>
    public required string Module { get; init; }

    /// <summary>True where no call of another module ended within it: the smallest step that was seen.</summary>
    public bool IsInnermost { get; init; }

    /// <summary>Ids of the tensors it was given, in order, those within tuples too; what is no tensor is left out.</summary>
    public IReadOnlyList<int> Inputs { get; init; } = [];

    /// <summary>Ids of the tensors it returned.</summary>
    public IReadOnlyList<int> Outputs { get; init; } = [];
}
