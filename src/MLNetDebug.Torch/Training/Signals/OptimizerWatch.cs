using MLNetDebug.Torch.Networks;
using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Signals;

/// <summary>An optimizer's groups over a run: their rates are read each time, the rest, which is dear and hardly ever changes, once per epoch or where a group was added.</summary>
internal sealed class OptimizerWatch(optim.Optimizer optimizer, ParameterIdentities identities)
{
    private OptimizerProfile? _known;

    /// <summary>Reads everything anew the next time.</summary>
    public void Forget() => _known = null;

    public OptimizerProfile Read()
    {
        var groups = optimizer is LBFGS ? [] : OptimizerReader.Groups(optimizer);
        if (_known is not { } known || groups.Count == 0 || groups.Count != known.Groups.Count)
            return _known = OptimizerReader.Read(optimizer, identities);
        for (var i = 0; i < groups.Count; i++)
        {
            // A rate that has not moved is the usual case.
            if (groups[i].Options?.LearningRate is { } rate && rate != known.Groups[i].LearningRate)
                return _known = known with { Groups = [.. known.Groups.Select((g, at) => g with { LearningRate = groups[at].Options?.LearningRate ?? double.NaN })] };
        }

        return known;
    }
}
