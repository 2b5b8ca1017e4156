using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Trainers.Loop;

/// <summary>Makes the optimizer: two groups of parameters, so that biases and the weights of normalisation, which have one dimension, do not decay.</summary>
internal static class Optimizers
{
    /// <exception cref="InvalidOperationException">There is nothing to train.</exception>
    public static OptimizerHelper Make(string name, nn.Module network, TorchTrainerOptions options)
    {
        Parameter[] all = [.. network.parameters().Where(p => p.requires_grad).DistinctBy(p => p.Handle)];
        if (all.Length == 0)
            throw new InvalidOperationException($"Network '{name}' has no parameter that can be trained: it has none at all, or all are frozen (requires_grad = false).");
        var groups = (options.Decay == 0 || options.DecayBiasesAndNorms ? [(all, options.Decay)]
            : new[] { (all.Where(p => p.dim() > 1).ToArray(), options.Decay), (all.Where(p => p.dim() <= 1).ToArray(), 0.0) })
            .Where(g => g.Item1.Length > 0).ToArray();
        var (rate, momentum) = (options.LearningRate, options.Momentum);
        return options.Optimizer switch
        {
            TorchOptimizer.AdamW => optim.AdamW(groups.Select(g => new AdamW.ParamGroup(g.Item1, new AdamW.Options { weight_decay = g.Item2 })), rate),
            TorchOptimizer.Adam => optim.Adam(groups.Select(g => new Adam.ParamGroup(g.Item1, new Adam.Options { weight_decay = g.Item2 })), rate),
            TorchOptimizer.Sgd => optim.SGD(groups.Select(g => new SGD.ParamGroup(g.Item1, new SGD.Options { weight_decay = g.Item2 })), rate, momentum),
            _ => optim.RMSProp(groups.Select(g => new RMSProp.ParamGroup(g.Item1, new RMSProp.Options { weight_decay = g.Item2 })), rate, momentum: momentum),
        };
    }
}
