namespace MLNetDebug.Torch.Networks;

/// <summary>What a module does, as far as rules tell modules apart.</summary>
public enum ModuleKind
{
    /// <summary>A module of the user's own, or one that no rule asks about.</summary>
    Other = 0,

    /// <summary>Holds modules and runs them in order, or holds them only.</summary>
    Container = 1,

    /// <summary>A matrix product: Linear, Bilinear.</summary>
    Linear = 2,

    /// <summary>A convolution, transposed ones too.</summary>
    Convolution = 3,

    /// <summary>Normalises over the batch: BatchNorm1d to 3d.</summary>
    BatchNorm = 4,

    /// <summary>Normalises within a row: LayerNorm, GroupNorm, InstanceNorm, LocalResponseNorm, or a module of the user's own that by its numbers does so (RMSNorm).</summary>
    RowNorm = 5,

    /// <summary>Dropout of single elements: Dropout, AlphaDropout.</summary>
    Dropout = 6,

    /// <summary>Dropout of whole channels: Dropout1d to 3d, FeatureAlphaDropout.</summary>
    ChannelDropout = 7,

    /// <summary>An element-wise activation: ReLU, Tanh, Sigmoid, GELU, ...</summary>
    Activation = 8,

    /// <summary>Softmax, Softmax2d, Softmin.</summary>
    Softmax = 9,

    /// <summary>LogSoftmax.</summary>
    LogSoftmax = 10,

    /// <summary>Pooling.</summary>
    Pooling = 11,

    /// <summary>Embedding, EmbeddingBag.</summary>
    Embedding = 12,

    /// <summary>RNN, GRU, LSTM and their cells.</summary>
    Recurrent = 13,

    /// <summary>MultiheadAttention, Transformer and its layers.</summary>
    Attention = 14,

    /// <summary>Moves elements and changes none: Flatten, Unflatten, Identity, padding, Upsample, PixelShuffle, ...</summary>
    Shape = 15,

    /// <summary>A loss.</summary>
    Loss = 16,
}

/// <summary>One registered module.</summary>
public sealed record ModuleProfile
{
    /// <summary>Its dotted path, such as <c>encoder.fc1</c>; empty for the network itself.</summary>
    public required string Name { get; init; }

    /// <summary>Its type, such as <c>Linear</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What it does.</summary>
    public ModuleKind Kind { get; init; }

    /// <summary>The path of the module it is registered with; null for the network itself.</summary>
    public string? Parent { get; init; }

    /// <summary>True where no module is registered with it.</summary>
    public bool IsLeaf { get; init; }

    /// <summary>True where it is one of TorchSharp's own.</summary>
    public bool IsBuiltIn { get; init; }

    /// <summary>Its mode when the check began: true for training, false for evaluation.</summary>
    public bool IsTraining { get; init; }

    /// <summary>
    /// Its public settings by TorchSharp's property names, as far as they are numbers (p, eps, momentum, dim, in_features, out_features, num_features, num_groups, groups, negative_slope, ...;
    /// truth values as 0 and 1).
    /// </summary>
    public IReadOnlyDictionary<string, double> Settings { get; init; } = new Dictionary<string, double>();

    /// <summary>Names of its own parameters, without its path (<c>weight</c>, <c>bias</c>).</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    /// <summary>True where a call of it was seen. Children that are called by <c>forward</c> instead of <c>call</c> are not.</summary>
    public bool IsSeen { get; init; }

    /// <summary>True where it can be called at all (lists and dictionaries of modules cannot).</summary>
    public bool IsCallable { get; init; }

    /// <summary>For a batch normalisation with running statistics: true where they changed during the pass, whether a hook saw it or not.</summary>
    public bool? StatisticsMoved { get; init; }

    /// <summary>For a batch normalisation: batches its running statistics have seen before the check; null where it keeps none.</summary>
    public long? BatchesTracked { get; init; }
}
