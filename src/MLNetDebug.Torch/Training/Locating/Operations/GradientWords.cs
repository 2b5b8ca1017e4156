namespace MLNetDebug.Torch.Training.Locating;

/// <summary>Functions of autograd that give NaN where nothing bad came in, in words. Only those whose reason the name alone tells.</summary>
internal static class GradientWords
{
    private const string Where = "`where` chooses between results, but the gradient runs through both: choose the argument before the operation.";

    public static NamedOperation? Of(string function) => function.TrimEnd('0', '1', '2', '3') switch
    {
        "LogBackward" or "Log10Backward" or "Log2Backward" => new("the gradient of log at 0", 0, Where, "torch.where(x > 0, x, torch.ones_like(x)).log()"),
        "SqrtBackward" => Root with { Text = "the gradient of a square root at 0 or outside of its range" },
        "RsqrtBackward" => new("the gradient of 1 / sqrt at 0 or outside of its range", 0, "Add a small number before the root.", "(x + 1e-8).rsqrt()"),
        "DivBackward" or "ReciprocalBackward" => Division,
        "AcosBackward" or "AsinBackward" => Arc(function[..4].ToLowerInvariant()),
        "Atan2Backward" => new("the gradient of atan2 at (0, 0)", 0, "Keep the point away from the origin.", "torch.atan2(y, x + 1e-8)"),
        "ExpBackward" => new("0 times infinity in the gradient of an exp that overflows", double.NaN, Where, "torch.where(x < 20, x, torch.zeros_like(x)).exp()"),
        "LinalgVectorNormBackward" or "NormBackward" => new("the gradient of a norm at 0", 0, "Take the root of a sum that is never 0.", "((x * x).sum(dim) + 1e-12).sqrt()"),
        "MulBackward" => Zero("a product"),
        "PowBackward" => Zero("a power"),
        _ => null,
    };

    public static NamedOperation Root => new("the gradient of a square root at 0", 0, "The root's slope at 0 is infinite: add a small number before it.", "(x + 1e-8).sqrt()");

    public static NamedOperation Division => new("the gradient of a division by 0", 0, "Keep the divisor away from 0 before dividing; `where` on the result is too late.", "x / (divisor + 1e-8)");

    public static NamedOperation Power => new("the gradient of a power below 1 at 0", 0, "The slope at 0 is infinite: add a small number before it.", "(x.abs() + 1e-8).pow(p)");

    private static NamedOperation Arc(string name) => new($"the gradient of {name} at 1 or -1, or outside of its range", 1, "Keep the argument inside (-1, 1).", $"x.clamp(-1 + 1e-6, 1 - 1e-6).{name}()");

    private static NamedOperation Zero(string of) =>
        new($"0 times a number that is not finite, in the gradient of {of}", double.NaN, "Choose or bound the arguments before the operation, not its result: the gradient runs through what a mask hides.", null);
}
