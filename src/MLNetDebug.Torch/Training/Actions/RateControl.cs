using MLNetDebug.Torch.Training.Snapshots;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Actions;

/// <summary>
/// Makes updates smaller by a factor while the rates that the optimizers show stay the user's own: a scheduler that reads and writes them never meets another. Where the guard steps the optimizers, the factor
/// lies upon the rates for that moment. Where the loop steps them, a scheduler may follow before the guard is asked again: there the update itself is cut afterwards, to which every optimizer's rate is a
/// plain factor.
/// </summary>
internal sealed class RateControl(IReadOnlyList<optim.Optimizer> optimizers) : IDisposable
{
    private readonly List<(ParamGroup Group, double Own)> _laid = [];
    private WeightSnapshot? _before;
    private bool _isRemembered;

    /// <summary>The factor; 1 leaves the rates alone.</summary>
    public double Factor { get; set; } = 1;

    /// <summary>The first group's rate with the factor; NaN where an optimizer shows none.</summary>
    public double Current => optimizers.SelectMany(Groups).FirstOrDefault() is { } group ? group.LearningRate * Factor : double.NaN;

    /// <summary>Lays the factor upon the rates for an update that the guard makes.</summary>
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

    /// <summary>Puts the rates back.</summary>
    public void Lift()
    {
        foreach (var (group, own) in _laid)
            group.LearningRate = own;
        _laid.Clear();
    }

    /// <summary>Remembers the parameters before an update that the loop makes.</summary>
    public void Remember()
    {
        if (Factor == 1)
            return;
        if (_before is null)
            _before = new WeightSnapshot(optimizers.OfType<OptimizerHelper>().SelectMany(o => o.parameters()), []);
        else
            _before.Take();
        _isRemembered = true;
    }

    /// <summary>Cuts that update, where there was one.</summary>
    public void Cut()
    {
        if (_isRemembered)
            _before!.Keep(Factor);
        _isRemembered = false;
    }

    public void Dispose() => _before?.Dispose();

    private static IEnumerable<ParamGroup> Groups(optim.Optimizer optimizer) => optimizer.ParamGroups.OfType<ParamGroup>();
}
