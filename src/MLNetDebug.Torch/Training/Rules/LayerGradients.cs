using MLNetDebug.Torch.Networks;

namespace MLNetDebug.Torch.Training;

/// <summary>The gradient of one module's weights.</summary>
/// <param name="Module">Its path.</param>
/// <param name="Type">Its type.</param>
/// <param name="Norms">The norm over its weights at each of the last steps, oldest first; NaN where one was not finite.</param>
/// <param name="Relative">The median of the last of these over the norm of the weights.</param>
/// <param name="Sensitivity">
/// By how many percent of what knowing nothing costs a change of these weights by one percent can change the loss: norm of the gradient (median of the last steps) times norm of the weights over that loss. It
/// is the same in every unit of loss and weights.
/// </param>
/// <param name="Update">The median over its weights and the last sampled steps of norm of the update over norm of the weight; NaN before the first.</param>
internal sealed record LayerGradient(string Module, string Type, double[] Norms, double Relative, double Sensitivity, double Update)
{
    /// <summary>As messages write it.</summary>
    public string Named => Module.Length > 0 ? $"`{Module}` ({Type})" : $"the network ({Type})";

    /// <summary>The layer as a subject.</summary>
    public Subject Subject(TrainingWindow window) => new(SubjectKind.Layer, Module.Length > 0 ? Module : window.Network);
}

/// <summary>The layers of a network in the order in which they run, by the gradients of their weights.</summary>
internal static class LayerGradients
{
    // The steps, and the samples, that a layer's present gradient and update are the median of.
    private const int Steps = 20;
    private const int Samples = 4;

    /// <summary>
    /// Modules with weights of two dimensions and more that get gradients. Tables that are looked up are left out (a batch touches few of their rows), and weights of 0, which say nothing of scale.
    /// </summary>
    public static IReadOnlyList<LayerGradient> Of(Course course) =>
    [
        .. course.Window.Parameters
            .Where(p => p is { Role: ParameterRole.Weight, Shape.Count: >= 2 } && p.Norm > 1e-8)
            .GroupBy(p => p.Module)
            .Select(g => Of(course, [.. g]))
            .Where(l => Array.Exists(l.Norms, double.IsFinite)),
    ];

    private static LayerGradient Of(Course course, ParameterTrack[] weights)
    {
        var series = weights.Select(w => course.Gradients(w.GradientNorms)).ToArray();
        var length = series.Min(s => s.Count);
        var norms = Norms(series, length);
        var (gradient, norm) = (Robust.MedianInPlace([.. norms.AsSpan(Math.Max(0, length - Steps))]), Math.Sqrt(weights.Sum(w => w.Norm * w.Norm)));
        return new LayerGradient(
            weights[0].Module, weights[0].ModuleType, norms, gradient / norm, course.Ignorance > 0 ? gradient * norm / course.Ignorance : double.NaN,
            Robust.Median(weights.SelectMany(w => w.UpdateRatios.TakeLast(Samples))));
    }

    // For every layer and every step: loops, for which no enumerators are made.
    private static double[] Norms(IReadOnlyList<double>[] series, int length)
    {
        var norms = new double[length];
        foreach (var one in series)
        {
            var first = one.Count - length;
            for (var i = 0; i < length; i++)
                norms[i] += one[first + i] * one[first + i];
        }

        for (var i = 0; i < length; i++)
            norms[i] = Math.Sqrt(norms[i]);
        return norms;
    }
}
