using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Actions;

/// <summary>
/// Lays a factor upon the learning rates for the moment of the update only: what a scheduler reads and writes between two steps is the user's own rate.
/// </summary>
internal sealed class RateControl(IReadOnlyList<optim.Optimizer> optimizers)
{
    private readonly List<(ParamGroup Group, double Own)> _laid = [];

    /// <summary>The factor; 1 leaves the rates alone.</summary>
    public double Factor { get; set; } = 1;

    /// <summary>The first group's rate with the factor; NaN where an optimizer shows none.</summary>
    public double Current => optimizers.SelectMany(Groups).FirstOrDefault() is { } group ? group.LearningRate * (_laid.Count > 0 ? 1 : Factor) : double.NaN;

    public void Lay()
    {
        if (Factor == 1)
            return;
        foreach (var group in optimizers.SelectMany(Groups))
        {
            _laid.Add((group, group.LearningRate));
            group.LearningRate *= Factor;
        }
    }

    public void Lift()
    {
        foreach (var (group, own) in _laid)
            group.LearningRate = own;
        _laid.Clear();
    }

    private static IEnumerable<ParamGroup> Groups(optim.Optimizer optimizer) => optimizer.ParamGroups.OfType<ParamGroup>();
}
