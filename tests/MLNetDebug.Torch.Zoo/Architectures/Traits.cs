namespace MLNetDebug.Torch.Zoo.Architectures;

/// <summary>How a network's modules come to be registered.</summary>
internal enum Registration
{
    /// <summary>RegisterComponents is called last in the constructor.</summary>
    Whole,

    /// <summary>RegisterComponents is forgotten.</summary>
    Forgotten,

    /// <summary>RegisterComponents is called before the head is made.</summary>
    BeforeHead,

    /// <summary>Layers are held in a plain list.</summary>
    InPlainList,
}

/// <summary>How a network departs from its plain form. A network takes those of the traits that it can have; a test holds every sick run to differ from its twin.</summary>
internal sealed record Traits
{
    /// <summary>False where hidden layers have no bias.</summary>
    public bool HasBias { get; init; } = true;

    /// <summary>False where the last layer has no bias.</summary>
    public bool HasOutputBias { get; init; } = true;

    /// <summary>What stands behind the last layer: nothing, or an activation.</summary>
    public Ending Ending { get; init; }

    /// <summary>What stands behind hidden layers, where a network leaves it open.</summary>
    public Activation Activation { get; init; }

    /// <summary>How modules are registered.</summary>
    public Registration Registration { get; init; }

    /// <summary>Probability of plain dropout among the convolutions; 0 for none.</summary>
    public double ConvolutionDropout { get; init; }

    /// <summary>Probability of dropout in front of layers that normalisation follows; 0 for none.</summary>
    public double DropoutBeforeNorm { get; init; }

    /// <summary>True where a batch normalisation stands behind the last layer.</summary>
    public bool EndsInNorm { get; init; }

    /// <summary>True where the head is given the embedding's weight, which TorchSharp then lists twice.</summary>
    public bool SharesWeights { get; init; }

    /// <summary>True where the same module serves in two places, which TorchSharp lists once.</summary>
    public bool SharesModule { get; init; }
}
