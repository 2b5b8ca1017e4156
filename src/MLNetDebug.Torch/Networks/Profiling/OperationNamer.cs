using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>
/// Names the operation in the code between two modules by its numbers: TorchSharp shows no graph (no <c>grad_fn</c>), so known operations are tried on the tensors seen lately. What is named
/// is right on every element compared; what nothing explains stays unnamed.
/// </summary>
internal static class OperationNamer
{
    private const int Candidates = 24;
    private const int Addends = 16;
    private const int LeastElements = 6;

    /// <summary>Activations that are looked for before or behind another operation where no tensor between the two was seen.</summary>
    private static readonly (string Name, Func<Tensor, Tensor> Tensor, Func<double, double> Element)[] Activations =
    [
        ("relu", t => t.relu(), x => Math.Max(x, 0)),
        ("tanh", t => t.tanh(), Math.Tanh),
        ("sigmoid", t => t.sigmoid(), x => 1 / (1 + Math.Exp(-x))),
    ];

    /// <summary>The operation that made a value of those seen before it; null where none of the known ones did.</summary>
    /// <param name="value">The value to explain, the last of those seen.</param>
    /// <param name="values">All values seen, <paramref name="value"/> among them.</param>
    /// <param name="between">Takes in a tensor that stands between two operations and was never seen, and gives it an id.</param>
    public static FunctionalOperation? Explain(TracedValue value, IReadOnlyList<TracedValue> values, Func<Tensor, FunctionalOperation, int> between)
    {
        var earlier = values.Reverse().Where(v => v.Id != value.Id).Take(Candidates).ToArray();
        if (View(value, earlier) is { } view)
            return view;
        // Only dense real numbers can be compared.
        earlier = [.. earlier.Where(e => e.Sample.Length > 0 && !e.Alias.IsInvalid)];
        var sameSize = earlier.Where(e => e.Facts.Count == value.Facts.Count && e.Sample.Length == value.Sample.Length).ToArray();
        if (OverOne(value, sameSize) is { } overOne)
            return overOne;
        // Few or equal elements are explained by anything.
        if (value.Sample.Length < LeastElements)
            return null;
        var tolerance = Tolerance(value.Facts.DType);
        foreach (var candidate in sameSize.Where(c => IsVaried(c)))
        {
            // A function that changes none of these elements cannot be told from none at all: hardtanh of small numbers, relu of positive ones.
            if (ElementwiseOperations.Matches(candidate.Sample, value.Sample, static x => x, tolerance))
                return new FunctionalOperation("clone", [candidate.Id]);
            if (ElementwiseOperations.Between(candidate.Sample, value.Sample, tolerance, candidate.Id) is { } unary)
                return unary;
        }

        if (!IsVaried(value))
            return null;
        return Softmaxed(value, sameSize, tolerance, between) ?? Normalised(value, sameSize, tolerance) ?? Pooled(value, earlier, tolerance, between)
            ?? Combined(value, sameSize, tolerance, between) ?? DroppedActivation(value, sameSize, tolerance, between);
    }

    /// <summary>A softmax over a dimension of one, which gives 1 whatever it is given; its logarithm gives 0.</summary>
    private static FunctionalOperation? OverOne(TracedValue value, TracedValue[] sameSize)
    {
        var name = value.Facts is { Min: 1, Max: 1 } ? "softmax" : value.Facts is { Min: 0, Max: 0 } ? "log_softmax" : null;
        if (name is null || value.Facts.Rank < 2 || value.Facts.Shape[^1] != 1 || value.Facts.Count < LeastElements)
            return null;
        // A sigmoid of large numbers gives 1 as well, and a relu of nothing but negative ones 0.
        return sameSize.FirstOrDefault(c => c.Facts.Shape.SequenceEqual(value.Facts.Shape) && IsVaried(c) && (name == "softmax" ? c.Facts.Min < 4 : c.Facts.Max > 0)) is { } from
            ? new FunctionalOperation(name, [from.Id]) { Dimension = value.Facts.Rank - 1 }
            : null;
    }

    private static bool IsVaried(TracedValue value) => value.Sample.Distinct().Take(3).Count() == 3;

    /// <summary>Another look at the same memory: a reshape, a transposition, a slice.</summary>
    private static FunctionalOperation? View(TracedValue value, TracedValue[] earlier)
    {
        if (value.Address == 0)
            return null;
        foreach (var candidate in earlier.Where(c => c.Address != 0 && c.Facts.DType == value.Facts.DType && !c.Alias.IsInvalid))
        {
            var size = candidate.Facts.Count * candidate.Alias.element_size();
            if (value.Address == candidate.Address && value.Facts.Count == candidate.Facts.Count)
            {
                // An operation in place returns another object on the same memory, whose elements have changed.
                return value.Sample.AsSpan().SequenceEqual(candidate.Sample) ? new FunctionalOperation("view", [candidate.Id])
                    : ElementwiseOperations.Between(candidate.Sample, value.Sample, Tolerance(value.Facts.DType), candidate.Id)
                        ?? (value.Alias.is_contiguous() && candidate.Alias.is_contiguous() ? null : new FunctionalOperation("transpose", [candidate.Id]));
            }

            if (value.Facts.Count < candidate.Facts.Count && value.Address >= candidate.Address && value.Address < candidate.Address + (nint)size)
                return new FunctionalOperation("slice", [candidate.Id]);
        }

        return null;
    }

    private static FunctionalOperation? Softmaxed(TracedValue value, TracedValue[] sameSize, double tolerance, Func<Tensor, FunctionalOperation, int> between)
    {
        var isSoft = value.Facts is { Min: >= 0, Max: <= 1.000001 };
        if ((!isSoft && !(value.Facts.Max <= 1e-6)) || value.Facts.Rank == 0)
            return null;
        using var none = torch.no_grad();
        foreach (var candidate in sameSize.Where(c => c.Facts.Shape.SequenceEqual(value.Facts.Shape)))
        {
            if (Dimension(candidate.Alias) is { } dimension)
                return new FunctionalOperation(Name(), [candidate.Id]) { Dimension = dimension };
            foreach (var (name, activate, _) in Activations)
            {
                using var active = activate(candidate.Alias);
                if (Dimension(active) is { } behind)
                    return new FunctionalOperation(Name(), [between(active, new FunctionalOperation(name, [candidate.Id]))]) { Dimension = behind };
            }
        }

        return null;

        string Name() => isSoft ? "softmax" : "log_softmax";

        int? Dimension(Tensor of)
        {
            foreach (var dimension in new[] { value.Facts.Rank - 1, 1, 0 }.Where(d => d < value.Facts.Rank).Distinct().Where(IsPossible))
            {
                using var made = isSoft ? nn.functional.softmax(of, dimension) : nn.functional.log_softmax(of, dimension);
                if (IsSample(made, value, tolerance))
                    return dimension;
            }

            return null;
        }

        // Rows of n probabilities have the mean 1 / n, and the mean of their logarithms is at most -ln n.
        bool IsPossible(int dimension)
        {
            var n = value.Facts.Shape[dimension];
            return isSoft ? Math.Abs(value.Facts.Mean * n - 1) < 0.02 : value.Facts.Mean <= 0.02 - Math.Log(n);
        }
    }

    private static FunctionalOperation? Normalised(TracedValue value, TracedValue[] sameSize, double tolerance)
    {
        // Both leave a root mean square of 1, whatever comes in; a pass over large tensors is spared where it is not.
        if (value.Facts.Rank < 2 || !value.Facts.IsFloatingPoint || !(Math.Abs(value.Facts.RootMeanSquare - 1) < 0.05))
            return null;
        foreach (var candidate in sameSize.Where(c => c.Facts.Shape.SequenceEqual(value.Facts.Shape) && c.Facts.Shape[^1] > 2))
        {
            // A small number is added below the root, another by each author.
            if (RowNorms.Of(candidate.Alias, made => IsSample(made, value, Math.Max(tolerance, 1e-3))) is { } name)
                return new FunctionalOperation(name, [candidate.Id]);
        }

        return null;
    }

    /// <summary>Pooling by two, or over what is left of the image or the sequence, with an activation behind it where there is one.</summary>
    private static FunctionalOperation? Pooled(TracedValue value, TracedValue[] earlier, double tolerance, Func<Tensor, FunctionalOperation, int> between)
    {
        using var none = torch.no_grad();
        foreach (var candidate in earlier.Where(c => c.Facts.Count > value.Facts.Count))
        {
            foreach (var (name, pooled) in Pools(candidate, value))
            {
                using (pooled)
                {
                    if (IsSample(pooled, value, tolerance))
                        return new FunctionalOperation(name, [candidate.Id]);
                    if (Activated(TracedValue.SampleOf(pooled), value, tolerance) is { } activation)
                        return new FunctionalOperation(activation, [between(pooled, new FunctionalOperation(name, [candidate.Id]))]);
                }
            }
        }

        return null;
    }

    private static IEnumerable<(string Name, Tensor Pooled)> Pools(TracedValue candidate, TracedValue value)
    {
        var from = candidate.Facts.Shape;
        // Flattened behind it or not: elements are compared by their flat position.
        if (from.Count == 4 && from[2] > 1 && from[3] > 1 && value.Facts.Count == from[0] * from[1] * (from[2] / 2) * (from[3] / 2))
        {
            yield return ("max_pool2d", nn.functional.max_pool2d(candidate.Alias, 2));
            yield return ("avg_pool2d", nn.functional.avg_pool2d(candidate.Alias, 2));
        }

        // A mean over the dimensions that are gone.
        if (from.Count == 4 && value.Facts.Count == from[0] * from[1])
            yield return ("mean", candidate.Alias.mean([2, 3]));
        if (from.Count == 3 && value.Facts.Count == from[0] * from[2])
            yield return ("mean", candidate.Alias.mean([1]));
        if (from.Count == 3 && value.Facts.Count == from[0] * from[1])
            yield return ("mean", candidate.Alias.mean([2]));
    }

    private static FunctionalOperation? Combined(TracedValue value, TracedValue[] sameSize, double tolerance, Func<Tensor, FunctionalOperation, int> between)
    {
        var near = sameSize.Take(Addends).ToArray();
        for (var i = 0; i < near.Length; i++)
        {
            for (var j = i + 1; j < near.Length; j++)
            {
                // The older of the two comes first: what a residual branch started from.
                var (one, other) = (near[j], near[i]);
                if (Both(one.Sample, other.Sample, value.Sample, static (a, b) => a + b, tolerance))
                    return new FunctionalOperation("add", [one.Id, other.Id]);
                if (Both(one.Sample, other.Sample, value.Sample, static (a, b) => a * b, tolerance))
                    return new FunctionalOperation("mul", [one.Id, other.Id]);
                if (!one.Facts.Shape.SequenceEqual(other.Facts.Shape))
                    continue;
                if (Activated([.. one.Sample.Zip(other.Sample, static (a, b) => a + b)], value, tolerance) is not { } activation)
                    continue;
                using var none = torch.no_grad();
                using var sum = one.Alias + other.Alias;
                return new FunctionalOperation(activation, [between(sum, new FunctionalOperation("add", [one.Id, other.Id]))]);
            }
        }

        return null;
    }

    private static FunctionalOperation? DroppedActivation(TracedValue value, TracedValue[] sameSize, double tolerance, Func<Tensor, FunctionalOperation, int> between)
    {
        foreach (var candidate in sameSize.Where(c => c.Facts.IsFloatingPoint))
        {
            foreach (var (name, activate, element) in Activations)
            {
                if (ElementwiseOperations.Dropped([.. candidate.Sample.Select(x => (float)element(x))], value.Sample, tolerance, candidate.Id) is not { } dropout)
                    continue;
                using var none = torch.no_grad();
                using var active = activate(candidate.Alias);
                return dropout with { Of = [between(active, new FunctionalOperation(name, [candidate.Id]))] };
            }
        }

        return null;
    }

    private static string? Activated(float[] from, TracedValue value, double tolerance)
    {
        foreach (var (name, _, element) in Activations)
        {
            if (from.Length == value.Sample.Length && ElementwiseOperations.Matches(from, value.Sample, element, tolerance))
                return name;
        }

        return null;
    }

    private static bool Both(float[] one, float[] other, float[] made, Func<double, double, double> operation, double tolerance)
    {
        for (var i = 0; i < made.Length; i++)
        {
            if (!ElementwiseOperations.Near(operation(one[i], other[i]), made[i], tolerance))
                return false;
        }

        return true;
    }

    private static bool IsSample(Tensor made, TracedValue value, double tolerance) =>
        made.numel() == value.Facts.Count && ElementwiseOperations.Matches(TracedValue.SampleOf(made), value.Sample, static x => x, tolerance);

    // What rounding to the type leaves, a few operations deep.
    private static double Tolerance(string type) => type switch
    {
        "BFloat16" => 2e-2,
        "Float16" => 2e-3,
        _ => 2e-5,
    };
}
