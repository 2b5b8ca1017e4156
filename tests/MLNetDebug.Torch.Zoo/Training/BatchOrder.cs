namespace MLNetDebug.Torch.Zoo.Training;

/// <summary>In which order training meets its rows.</summary>
internal enum BatchOrder
{
    /// <summary>Drawn anew for every epoch.</summary>
    Shuffled,

    /// <summary>Drawn once, the same in every epoch.</summary>
    Fixed,

    /// <summary>By label, the same in every epoch.</summary>
    Sorted,

    /// <summary>By label, cut into batches, and these drawn anew for every epoch.</summary>
    SortedWithinBatches,
}
