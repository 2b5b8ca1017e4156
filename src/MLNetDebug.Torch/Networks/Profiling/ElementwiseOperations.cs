namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>Functions of one element, and how a sample of results is told to be theirs.</summary>
internal static class ElementwiseOperations
{
    /// <summary>Functions without a setting, those with more to tell them by first.</summary>
    private static readonly (string Name, Func<double, double> Function)[] Plain =
    [
        ("relu", x => Math.Max(x, 0)),
        ("relu6", x => Math.Clamp(x, 0, 6)),
        ("tanh", Math.Tanh),
        ("sigmoid", Sigmoid),
        ("gelu", x => x * NormalCdf(x)),
        ("gelu", x => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)))),
        ("silu", x => x * Sigmoid(x)),
        ("elu", x => x > 0 ? x : Math.Exp(x) - 1),
        ("selu", x => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.Exp(x) - 1))),
        ("softplus", x => x > 20 ? x : Math.Log(1 + Math.Exp(x))),
        ("hardtanh", x => Math.Clamp(x, -1, 1)),
        ("hardsigmoid", x => Math.Clamp(x / 6 + 0.5, 0, 1)),
        ("hardswish", x => x * Math.Clamp(x / 6 + 0.5, 0, 1)),
        ("mish", x => x * Math.Tanh(x > 20 ? x : Math.Log(1 + Math.Exp(x)))),
        ("logsigmoid", x => Math.Log(Sigmoid(x))),
        ("softsign", x => x / (1 + Math.Abs(x))),
        ("exp", Math.Exp),
        ("log", Math.Log),
        ("abs", Math.Abs),
        ("square", x => x * x),
        ("neg", x => -x),
    ];

    /// <summary>The function that turns one sample into another; null where none does.</summary>
    public static FunctionalOperation? Between(float[] from, float[] to, double tolerance, int of)
    {
        foreach (var (name, function) in Plain)
        {
            if (Matches(from, to, function, tolerance))
                return new FunctionalOperation(name, [of]);
        }

        return Scaled(from, to, tolerance, of) ?? Leaky(from, to, tolerance, of) ?? Dropped(from, to, tolerance, of) ?? SoftCapped(from, to, tolerance, of);
    }

    /// <summary>True where every element is the function of its counterpart; elements that the function makes no number of must be none in both.</summary>
    public static bool Matches(float[] from, float[] to, Func<double, double> function, double tolerance)
    {
        for (var i = 0; i < from.Length; i++)
        {
            if (!Near(function(from[i]), to[i], tolerance))
                return false;
        }

        return true;
    }

    public static bool Near(double expected, double value, double tolerance) =>
        double.IsFinite(expected) ? Math.Abs(expected - value) <= tolerance * (1 + Math.Abs(expected)) : expected.Equals(value);

    // v = c x, c not 1
    private static FunctionalOperation? Scaled(float[] from, float[] to, double tolerance, int of)
    {
        var i = Largest(from);
        var factor = from[i] == 0 ? 0 : to[i] / from[i];
        return factor != 0 && Matches(from, to, x => factor * x, tolerance) ? new FunctionalOperation("scale", [of]) { Setting = factor } : null;
    }

    // v = x where x > 0, else c x
    private static FunctionalOperation? Leaky(float[] from, float[] to, double tolerance, int of)
    {
        var i = Array.FindIndex(from, x => x < -0.01f);
        if (i < 0 || !from.Any(x => x > 0))
            return null;
        var slope = to[i] / from[i];
        return slope is > 0 and < 1 && Matches(from, to, x => x > 0 ? x : slope * x, tolerance) ? new FunctionalOperation("leaky_relu", [of]) { Setting = slope } : null;
    }

    /// <summary>Dropout: every element is 0, or x / (1 - p).</summary>
    public static FunctionalOperation? Dropped(float[] from, float[] to, double tolerance, int of)
    {
        var kept = Enumerable.Range(0, from.Length).Where(i => Math.Abs(from[i]) > 1e-6).ToArray();
        var survivors = kept.Where(i => to[i] != 0).ToArray();
        if (survivors.Length < 4 || survivors.Length == kept.Length)
            return null;
        var factor = survivors.Average(i => (double)to[i] / from[i]);
        var isDropout = factor > 1.0001 && survivors.All(i => Near(factor * from[i], to[i], tolerance * 10)) && Enumerable.Range(0, from.Length).All(i => from[i] != 0 || to[i] == 0);
        return isDropout ? new FunctionalOperation("dropout", [of]) { Setting = 1 - 1 / factor } : null;
    }

    // v = c tanh(x / c): c solves the equation at the element where the curve bends most.
    private static FunctionalOperation? SoftCapped(float[] from, float[] to, double tolerance, int of)
    {
        var i = Largest(from);
        var (x, y) = (Math.Abs((double)from[i]), Math.Abs((double)to[i]));
        if (x == 0 || y >= x || Math.Sign(from[i]) != Math.Sign(to[i]))
            return null;
        var (low, high) = (y, 1e6);
        for (var step = 0; step < 200; step++)
        {
            var middle = Math.Sqrt(low * high);
            if (middle * Math.Tanh(x / middle) < y)
                low = middle;
            else
                high = middle;
        }

        return Matches(from, to, v => low * Math.Tanh(v / low), tolerance * 10) ? new FunctionalOperation("soft_cap", [of]) { Setting = low } : null;
    }

    private static int Largest(float[] values)
    {
        var best = 0;
        for (var i = 1; i < values.Length; i++)
        {
            if (Math.Abs(values[i]) > Math.Abs(values[best]))
                best = i;
        }

        return best;
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double NormalCdf(double x) => 0.5 * MathNet.Numerics.SpecialFunctions.Erfc(-x / Math.Sqrt(2));
}
