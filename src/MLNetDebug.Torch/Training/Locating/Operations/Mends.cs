using MLNetDebug.Data;

namespace MLNetDebug.Torch.Training.Locating;

/// <summary>The operations that leave the finite numbers, in words, each with its mend.</summary>
internal static class Mends
{
    public static NamedOperation Log(double of, string? inside = null) => inside switch
    {
        "softmax" => new($"log of {Words.Number(of)}, behind a softmax", of, "Take softmax and log in one step: the softmax rounds small probabilities to 0.", "torch.nn.functional.log_softmax(x, dim)"),
        "sigmoid" => new($"log of {Words.Number(of)}, behind a sigmoid", of, "Take sigmoid and log in one step: the sigmoid rounds to 0 and 1.", "torch.nn.functional.logsigmoid(x)"),
        _ => new($"log of {Words.Number(of)}", of, of < 0 ? "A log takes positive numbers only: look at why this one is negative, or bound it." : "Keep the log's argument away from 0.", "x.clamp(min: 1e-12).log()"),
    };

    public static NamedOperation Root(double of) => of < 0
        ? new($"square root of {Words.Number(of)}", of, "A square root takes no negative numbers; where rounding made it negative, bound it.", "x.clamp(min: 0).sqrt()")
        : new($"square root of {Words.Number(of)}", of, "Keep the square root's argument away from 0.", "(x + 1e-8).sqrt()");

    public static NamedOperation Division(string of = "division by 0") => new(of, 0, "Keep the divisor away from 0.", "x / (divisor + 1e-8)");

    public static NamedOperation Exp(double of, string? inside = null) => inside switch
    {
        "softmax" => new($"exp of {Words.Number(of)}, in a softmax of your own", of, "Use the built-in softmax: it subtracts the largest value first.", "torch.nn.functional.softmax(x, dim)"),
        "logsumexp" => new($"exp of {Words.Number(of)}, in a log of a sum of exp", of, "Use logsumexp: it subtracts the largest value first.", "x.logsumexp(dim)"),
        "softplus" => new($"exp of {Words.Number(of)}, in a softplus of your own", of, "Use the built-in softplus: it is linear for large values.", "torch.nn.functional.softplus(x)"),
        _ => new($"exp of {Words.Number(of)}", of, "Bound what is given to exp.", "x.clamp(max: 20).exp()"),
    };

    public static NamedOperation Power(double of) => new($"power of {Words.Number(of)}", of, of < 0 ? "A fraction as exponent takes no negative numbers: bound them, or take the absolute value." : "A negative exponent takes no 0.", "x.clamp(min: 1e-8).pow(p)");

    public static NamedOperation Arc(string name, double of) =>
        new($"{name} of {Words.Number(of)}", of, $"Keep the argument of {name} inside its range.", name == "acosh" ? "x.clamp(min: 1).acosh()" : $"x.clamp(-1 + 1e-6, 1 - 1e-6).{name}()");

    public static NamedOperation Overflow(string of, double value, string? and = null) =>
        new($"overflow of {of} (values up to {Words.Number(value)}{and})", value, "Scale the values down: normalise the layer's input, lower the learning rate, or clip the gradients that made its weights grow.", null);

    public static NamedOperation EmptyMean(string says = "") =>
        new("mean over no elements" + says, double.NaN, "Leave a batch out of which nothing remains, or divide the sum by at least 1.", "loss.sum() / mask.sum().clamp(min: 1)");

    public static NamedOperation OneElement() =>
        new("standard deviation of one element", double.NaN, "A standard deviation over n - 1 needs two elements: take the one over n, or more rows.", "x.std(dim, unbiased: false)");

    public static NamedOperation EmptySoftmax() =>
        new("softmax of a row that is all -infinity", double.NegativeInfinity, "Leave at least one place of each row unmasked, or mask with a large negative number.", "scores.masked_fill(mask, -1e4)");
}
