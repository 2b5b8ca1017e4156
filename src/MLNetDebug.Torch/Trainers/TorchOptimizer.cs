namespace MLNetDebug.Torch.Trainers;

/// <summary>How weights are updated.</summary>
public enum TorchOptimizer
{
    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2019).</summary>
    AdamW = 0,

    /// <summary>Adam (Kingma and Ba 2015).</summary>
    Adam = 1,

    /// <summary>Stochastic gradient descent with momentum.</summary>
    Sgd = 2,

    /// <summary>RMSProp with momentum.</summary>
    RmsProp = 3,
}
