namespace MLNetDebug.Torch.Trainers;

/// <summary>What a network learns.</summary>
public enum TorchTask
{
    /// <summary>A number.</summary>
    Regression = 0,

    /// <summary>One of two classes, by one logit.</summary>
    BinaryClassification = 1,

    /// <summary>One of several classes, by a logit each.</summary>
    MulticlassClassification = 2,

    /// <summary>One of several classes, by a network of one logit for each of them.</summary>
    OneVersusAll = 3,
}
