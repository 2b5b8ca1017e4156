namespace MLNetDebug.Torch.Training;

/// <summary>Something that points at a cause.</summary>
/// <param name="Says">What it is, as the part of a sentence.</param>
/// <param name="Evidence">The number it stands on, with its threshold.</param>
internal sealed record Sign(string Says, Evidence Evidence);
