using System.Runtime.CompilerServices;
using MLNetDebug.Torch.Networks;

namespace MLNetDebug.Torch.Training;

/// <summary>What a window tells of the steps after the last action of a guard: what was before is another run.</summary>
internal sealed class Course
{
    // A level is that of so many steps: enough that one batch does not make it, few enough that a divergence shows before it ends in infinity.
    private const int LevelSteps = 10;
    private const double LeastNorm = 1e-8;

    // Many rules read one window.
    private static readonly ConditionalWeakTable<TrainingWindow, Course> Read = [];

    private readonly Lazy<IReadOnlyList<LayerGradient>> _layers;
    private readonly Lazy<(double Smoothed, double Best)> _smooth;
    private readonly Lazy<IReadOnlyList<double>> _updates;

    private Course(TrainingWindow window)
    {
        Window = window;
        (_layers, _smooth) = (new(() => LayerGradients.Of(this)), new(Smoothing));
        Steps = window.LastActionStep is { } action ? window.Step - action : window.Step + 1;
        Losses = Last(window.Loss.Recent, Steps);
        Level = Losses.Count >= LevelSteps ? Robust.Median(Losses.TakeLast(LevelSteps)) : double.NaN;
        var (loss, points) = (window.Loss, window.Loss.Curve.Count);
        // Points of the curve stand for stride steps each, the first for the first ones.
        Curve = window.LastActionStep is { } since ? [.. loss.Curve.Skip((int)Math.Min(points, (since / loss.CurveStride) + 1))] : loss.Curve;
        Start = double.IsFinite(loss.First) ? loss.First : loss.Curve.FirstOrDefault(double.NaN);
        Constant = loss.Reduction is LossReduction.Sum or LossReduction.None ? double.NaN : loss.ConstantLoss;
        ParameterTrack[] measurable = [.. window.Parameters.Where(p => p.Shape.Count >= 2 && !(p.InitialNorm <= LeastNorm) && !(p.Norm <= LeastNorm))];
        Weights = [.. measurable.Where(p => p.Role == ParameterRole.Weight)];
        if (Weights.Count == 0)
            Weights = measurable;
        Growth = window.LastActionStep is null || Steps > window.SampleEvery ? Robust.Median(Weights.Select(p => p.Norm / p.InitialNorm)) : double.NaN;
        _updates = new(() => Newest(Weights, window.LastActionStep is null ? long.MaxValue : Steps / Math.Max(1, window.SampleEvery)));
    }

    public TrainingWindow Window { get; }

    /// <summary>The layers by their gradients, in the order in which they run.</summary>
    public IReadOnlyList<LayerGradient> Layers => _layers.Value;

    /// <summary>Steps since the last action, or of the run.</summary>
    public long Steps { get; }

    /// <summary>Losses of the last of these steps, one by one, oldest first.</summary>
    public IReadOnlyList<double> Losses { get; }

    /// <summary>Means of the loss over all of these steps.</summary>
    public IReadOnlyList<double> Curve { get; }

    /// <summary>The loss with which the run began, whatever was done since.</summary>
    public double Start { get; }

    /// <summary>The loss of the best constant answer, where it can be compared with the losses; else NaN.</summary>
    public double Constant { get; }

    /// <summary>What an untrained network costs: the constant answer's loss, or the start where that is lower or the other is not known.</summary>
    public double Untrained => double.IsNaN(Constant) ? Start : double.IsNaN(Start) ? Constant : Math.Min(Start, Constant);

    /// <summary>The larger of the two: what is above it was learned by no one.</summary>
    public double Worst => double.IsNaN(Constant) ? Start : double.IsNaN(Start) ? Constant : Math.Max(Start, Constant);

    /// <summary>
    /// What knowing nothing costs: of classes what a guess among them does, or a constant answer where that is more, however far off the network was when it began; of other losses the larger of start and
    /// constant answer, since outputs that are merely off in their mean cost much and say nothing of gradients.
    /// </summary>
    public double Ignorance => Window.Loss.Kind is LossKind.CrossEntropy or LossKind.NegativeLogLikelihood or LossKind.BinaryCrossEntropy or LossKind.BinaryCrossEntropyWithLogits && Constant > 0
        ? Math.Min(Worst, Math.Max(Constant, Math.Log(Math.Max(2, Window.Loss.Classes))))
        : Worst;

    /// <summary>The median of the last ten losses; NaN before there are as many.</summary>
    public double Level { get; }

    /// <summary>The exponential mean of these losses, decay 0.9, its start corrected, and the lowest it was from the tenth step on; NaN before.</summary>
    public (double Smoothed, double Best) Smooth => _smooth.Value;

    /// <summary>What a window tells.</summary>
    public static Course Of(TrainingWindow window) => Read.GetValue(window, w => new Course(w));

    private (double Smoothed, double Best) Smoothing()
    {
        double mean = 0, weight = 0, best = Window.LastActionStep is null ? Window.Loss.Best : double.NaN;
        var seen = 0;
        foreach (var loss in Losses)
        {
            if (!double.IsFinite(loss))
                continue;
            (mean, weight) = ((0.9 * mean) + (0.1 * loss), (0.9 * weight) + 0.1);
            // Of a run that is longer than the list, the first entries are no start.
            if (++seen >= LevelSteps && !(mean / weight >= best))
                best = mean / weight;
        }

        return seen >= LevelSteps ? (mean / weight, best) : (double.NaN, double.NaN);
    }

    /// <summary>
    /// Weights that multiply, of two dimensions and more, that did not start at 0: where one does, as biases and zeroed layers do, the ratio of its updates says nothing. Without any, all of two
    /// dimensions.
    /// </summary>
    public IReadOnlyList<ParameterTrack> Weights { get; }

    /// <summary>The median over the weights of norm of the update over norm of the weight, at each sampled step, oldest first.</summary>
    public IReadOnlyList<double> Updates => _updates.Value;

    /// <summary>The median over the weights of their norm over the one they began with; NaN before it was sampled.</summary>
    public double Growth { get; }

    /// <summary>The gradient norms of these steps, oldest first.</summary>
    public IReadOnlyList<double> Gradients(IReadOnlyList<double> norms) => Last(norms, Steps);

    private static double[] Newest(IReadOnlyList<ParameterTrack> weights, long samples)
    {
        var most = 0;
        foreach (var weight in weights)
            most = Math.Max(most, weight.UpdateRatios.Count);
        var newest = new double[Math.Clamp(samples, 0, most)];
        var ratios = new double[weights.Count];
        for (var i = 0; i < newest.Length; i++)
        {
            var (back, known) = (newest.Length - i, 0);
            foreach (var weight in weights)
            {
                if (weight.UpdateRatios.Count >= back)
                    ratios[known++] = weight.UpdateRatios[^back];
            }

            newest[i] = Robust.MedianInPlace(ratios.AsSpan(0, known));
        }

        return newest;
    }

    private static IReadOnlyList<double> Last(IReadOnlyList<double> values, long count) => count >= values.Count ? values : [.. values.TakeLast((int)count)];
}
