using Microsoft.ML;
using MLNetDebug;
using MLNetDebug.Data;

namespace QuickStart;

/// <summary>Applies what a report offers.</summary>
internal static class Mending
{
    /// <summary>Applies the mend of every finding that is more than a note; those that count rows first, as later ones move them.</summary>
    public static (IDataView Train, IDataView Test) Apply(MLContext ml, DiagnosticReport report, IDataView train, IDataView test)
    {
        var serious = report.Unfolded.Where(f => f.Severity >= Severity.Warning);
        foreach (var mend in serious.Select(f => f.Mend).OfType<Mend>().Distinct().OrderBy(Turn))
        {
            switch (mend)
            {
                case DropRowsMend { InHoldOut: true }:
                    test = mend.Apply(ml, test);
                    break;
                case SplitMend split:
                    var parts = split.Split(ml, train, test);
                    (train, test) = (parts.TrainSet, parts.TestSet);
                    break;
                case EstimatorMend estimator:
                    // Fitted on the training rows alone: the test split must not teach anything.
                    var fitted = estimator.ToEstimator(ml).Fit(train);
                    (train, test) = (fitted.Transform(train), fitted.Transform(test));
                    break;
                default:
                    train = mend.Apply(ml, train);
                    break;
            }
        }

        return (train, test);
    }

    private static int Turn(Mend mend) => mend switch
    {
        RealignLabelsMend => 0,
        DropRowsMend => 1,
        ShuffleMend => 2,
        SplitMend => 3,
        _ => 4,
    };
}
