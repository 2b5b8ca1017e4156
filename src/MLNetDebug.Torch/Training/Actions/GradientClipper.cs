using MLNetDebug.Torch.Training.Signals;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Actions;

/// <summary>
/// Clips gradients at the 90th percentile of what they were in good times (Deep Learning Tuning Playbook, Godbole et al. 2023). Idle until it is asked for.
/// </summary>
internal sealed class GradientClipper(GradientClip by)
{
    private const double Percentile = 0.9;
    private const int LeastHistory = 5;

    /// <summary>From where on it clips; null where it is idle.</summary>
    public double? Limit { get; set; }

    /// <summary>Begins to clip. False where too few steps are known.</summary>
    /// <param name="norms">Norms over all gradients of the steps so far.</param>
    /// <param name="parameters">The parameters, for their largest elements.</param>
    public bool Begin(IReadOnlyList<double> norms, IReadOnlyList<ParameterWatch> parameters)
    {
        var sorted = norms.Where(double.IsFinite).Order().ToArray();
        if (sorted.Length < LeastHistory)
            return false;
        var norm = sorted[(int)(Percentile * (sorted.Length - 1))];
        // An element of a gradient of that norm, were all alike: from ten times that on it stands out.
        Limit = by == GradientClip.ByNorm ? norm : 10 * norm / Math.Sqrt(Math.Max(1, parameters.Sum(p => p.Parameter.NumberOfElements)));
        return Limit > 0 || (Limit = null) is not null;
    }

    /// <summary>Clips where the gradients are beyond the limit. True where they were.</summary>
    public bool Clip(double norm, IReadOnlyList<ParameterWatch> parameters)
    {
        if (Limit is not { } limit || (by == GradientClip.ByNorm && !(norm > limit)))
            return false;
        using var scope = NewDisposeScope();
        using var none = no_grad();
        // What was not read belongs to another step.
        foreach (var parameter in parameters.Where(p => p.HasGradient))
        {
            if (parameter.Parameter.grad is not { } gradient)
                continue;
            if (by == GradientClip.ByNorm)
                gradient.mul_(limit / norm);
            else if (gradient.is_sparse)
                gradient.SparseValues.clamp_(-limit, limit);
            else
                gradient.clamp_(-limit, limit);
        }

        return true;
    }
}
