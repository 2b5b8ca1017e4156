namespace MLNetDebug.Torch.Networks.Losses;

/// <summary>The mean loss over rows (or elements), whatever the reduction.</summary>
internal static class MeanLosses
{
    public static double Of(LossProfile loss, LabelTally? labels) => loss.Kind switch
    {
        LossKind.KullbackLeibler => OfRows(loss, loss.Input.Count),
        LossKind.CrossEntropy when labels is null => OfRows(loss, loss.InputRows?.Rows ?? 0),
        LossKind.CrossEntropy or LossKind.NegativeLogLikelihood when labels is not null => OfLabels(loss, labels),
        LossKind.Unknown or LossKind.Other => loss.Reduction == LossReduction.Mean ? loss.Value : double.NaN,
        _ => OfElements(loss),
    };

    // Terms that are left out are 0 in what is not reduced and count in no mean.
    private static double OfLabels(LossProfile loss, LabelTally labels) => loss.Reduction switch
    {
        LossReduction.Mean => loss.Value,
        LossReduction.Sum => loss.Value / labels.Divisor,
        LossReduction.None => loss.Value * loss.Target.Count / labels.Divisor,
        _ => double.NaN,
    };

    private static double OfRows(LossProfile loss, long terms)
    {
        var rows = loss.InputRows?.Rows ?? 0;
        return rows == 0 ? double.NaN : loss.Reduction switch
        {
            LossReduction.Mean or LossReduction.None => loss.Value * terms / rows,
            LossReduction.Sum => loss.Value / rows,
            _ => double.NaN,
        };
    }

    private static double OfElements(LossProfile loss) => loss.Reduction switch
    {
        LossReduction.Mean or LossReduction.None => loss.Value,
        LossReduction.Sum when LossShapes.Broadcasts(loss.Input.Shape, loss.Target.Shape) => loss.Value / LossShapes.Stretched(loss.Input.Shape, loss.Target.Shape).Aggregate(1L, (n, s) => n * s),
        _ => double.NaN,
    };
}
