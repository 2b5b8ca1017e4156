namespace MLNetDebug.Torch.Training;

/// <summary>The batches of a run: their sizes, their labels, their order.</summary>
public sealed record BatchTrack
{
    /// <summary>At most so many classes are counted.</summary>
    public const int MaxClasses = 10_000;

    /// <summary>Rows by the size of the first dimension of the batch's last tensor: how many batches had how many.</summary>
    public IReadOnlyDictionary<long, long> Sizes { get; init; } = new Dictionary<long, long>();

    /// <summary>True where the last tensor of the batches holds one class index per row (whole numbers, or a float column of zeros and ones).</summary>
    public bool HasClassLabels { get; init; }

    /// <summary>Rows seen of each class, in ascending order of the class; empty without class labels or beyond <see cref="MaxClasses"/> classes.</summary>
    public IReadOnlyDictionary<long, long> ClassCounts { get; init; } = new Dictionary<long, long>();

    /// <summary>Batches of two rows and more whose labels were read.</summary>
    public long Labelled { get; init; }

    /// <summary>Of those, batches whose rows all carried one class.</summary>
    public long OneLabel { get; init; }

    /// <summary>The first of them, as a step; -1 where there is none.</summary>
    public long FirstOneLabelStep { get; init; } = -1;

    /// <summary>Sizes of the batches whose labels were read: how many had how many rows.</summary>
    public IReadOnlyDictionary<long, long> LabelledSizes { get; init; } = new Dictionary<long, long>();

    /// <summary>
    /// Wald-Wolfowitz runs test on the sequence of labels as training met them in its first epoch (at most 10,000 rows): the standardised number of places at which the label changes; far below 0 where
    /// equal labels stand together. NaN where it is not known.
    /// </summary>
    public double LabelRunsZ { get; init; } = double.NaN;

    /// <summary>Labels that <see cref="LabelRunsZ"/> stands on.</summary>
    public long LabelRunsRows { get; init; }

    /// <summary>Finished epochs that were compared, batch by batch, with the epoch before.</summary>
    public int ComparedEpochs { get; init; }

    /// <summary>Of those, epochs whose batches were the same in the same order.</summary>
    public int RepeatedEpochs { get; init; }

    /// <summary>Batches of the last finished epoch; 0 before.</summary>
    public long BatchesPerEpoch { get; init; }

    /// <summary>Distinct batches within the last finished epoch; 0 before.</summary>
    public long DistinctBatches { get; init; }
}
