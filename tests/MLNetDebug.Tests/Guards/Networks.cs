using Microsoft.ML;
using MLNetDebug.Pipeline;
using MLNetDebug.Tests.Guards.Closed;
using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Data;
using MLNetDebug.Zoo.Networks;

namespace MLNetDebug.Tests.Guards;

/// <summary>Guarded fits of all five networks' stand-ins on the rows of one base.</summary>
internal static class Networks
{
    public static NetworkRows Rows { get; } = NetworkRows.Of(ZooCases.Healthy(ZooBases.Named("wine"), 3, ZooTrainers.Perceptron).Train);

    /// <summary>The report of a fit, whether it gave a model or not.</summary>
    public static DiagnosticReport Report(ClosedTrainerKind kind, NetworkRows rows)
    {
        var guarded = new NetworkSetup(kind).Create().Guard(ClosedFits.Quiet);
        try
        {
            return guarded.Fit(rows.ToView(kind)).DiagnosticReports().Last();
        }
        catch (DiagnosticException e)
        {
            return e.Report;
        }
    }
}
