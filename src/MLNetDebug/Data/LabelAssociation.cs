namespace MLNetDebug.Data;

/// <summary>How one feature alone tells the label.</summary>
public enum AssociationKind
{
    /// <summary>Area under the ROC curve, folded to [0.5, 1]; for several classes the best one-against-rest.</summary>
    Auc = 0,

    /// <summary>Absolute Spearman rank correlation, in [0, 1].</summary>
    Spearman = 1,

    /// <summary>Cramér's V between categories, bias-corrected, in [0, 1].</summary>
    CramersV = 2,
}

/// <summary>Dependence of one feature on the label in the sample.</summary>
/// <param name="Kind">The statistic.</param>
/// <param name="Value">Its value.</param>
/// <param name="Rows">Rows it stands on.</param>
public sealed record LabelAssociation(AssociationKind Kind, double Value, int Rows);
