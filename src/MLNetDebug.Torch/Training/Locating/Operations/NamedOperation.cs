namespace MLNetDebug.Torch.Training.Locating;

/// <summary>An operation that made a number that is not finite.</summary>
/// <param name="Text">In words that stand behind "made by".</param>
/// <param name="Value">The value that did it; NaN where there is none.</param>
/// <param name="Mend">What to do, in one sentence.</param>
/// <param name="MendCode">The code that does it.</param>
internal sealed record NamedOperation(string Text, double Value, string Mend, string? MendCode);
