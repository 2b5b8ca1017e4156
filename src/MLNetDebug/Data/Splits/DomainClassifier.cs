namespace MLNetDebug.Data;

/// <summary>What tells two splits apart when columns are looked at together: their correlations, and a model trained to name the split.</summary>
internal sealed record DomainClassifier
{
    /// <summary>What the training split is called in messages.</summary>
    public required string TrainName { get; init; }

    /// <summary>What the hold-out split is called in messages.</summary>
    public required string TestName { get; init; }

    /// <summary>True where the second side is not a split but data that a fitted model meets.</summary>
    public bool IsNewData { get; init; }

    /// <summary>The smaller split's rows.</summary>
    public required long SmallerRows { get; init; }

    /// <summary>Rank correlations; null with fewer than two columns that vary, or too few rows.</summary>
    public CorrelationComparison? Correlations { get; init; }

    /// <summary>The model; null where none was trained.</summary>
    public DomainSeparation? Separation { get; init; }
}

/// <summary>How well a model trained on half of the sampled rows names the split of the other half.</summary>
internal sealed record DomainSeparation
{
    /// <summary>Rows of the training split that were scored.</summary>
    public required int TrainRows { get; init; }

    /// <summary>Rows of the hold-out split that were scored.</summary>
    public required int TestRows { get; init; }

    /// <summary>Area under the ROC curve; 0.5 where the splits cannot be told apart.</summary>
    public required double Auc { get; init; }

    /// <summary>Mann-Whitney, one-sided.</summary>
    public required double PValue { get; init; }

    /// <summary>The slots the model used most, at most 5, with their share of its gain.</summary>
    public required IReadOnlyList<DomainCarrier> Carriers { get; init; }

    /// <summary>Slots the model did not see: those beyond the first 100.</summary>
    public int LeftOut { get; init; }
}

/// <summary>One slot that tells splits apart.</summary>
/// <param name="Subject">The slot.</param>
/// <param name="Share">Its share of the model's gain, in [0, 1].</param>
internal readonly record struct DomainCarrier(Subject Subject, double Share);
