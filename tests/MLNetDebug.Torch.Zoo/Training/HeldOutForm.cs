namespace MLNetDebug.Torch.Zoo.Training;

/// <summary>What a loop hands over as held-out probabilities.</summary>
internal enum HeldOutForm
{
    /// <summary>Probabilities, where the network's answers can be made some.</summary>
    Probabilities,

    /// <summary>The network's own answers.</summary>
    Logits,

    /// <summary>Logarithms of probabilities.</summary>
    Logarithms,

    /// <summary>A softmax over the rows in place of the classes.</summary>
    SoftmaxOverRows,

    /// <summary>A sigmoid for each class.</summary>
    SigmoidPerClass,
}
