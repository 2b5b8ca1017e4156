using Microsoft.ML;
using MLNetDebug;
using MLNetDebug.Data;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;

namespace GuardedTraining;

/// <summary>A trainer that something ruins: what it is, what must be said of it, and what to do.</summary>
/// <param name="Name">What went wrong.</param>
/// <param name="Data">The rows.</param>
/// <param name="Trainer">The ruined trainer.</param>
/// <param name="Metric">A metric of a model on the test rows, and its name.</param>
/// <param name="RuleId">The rule that must find it.</param>
/// <param name="Place">The column or model it must name.</param>
internal sealed record Case(
    string Name, DataOperationsCatalog.TrainTestData Data, IEstimator<ITransformer> Trainer, (string Name, Func<IDataView, double> Of) Metric, string RuleId, string Place)
{
    /// <summary>The mended trainer, where the cause is not in the rows.</summary>
    public IEstimator<ITransformer>? Mended { get; init; }

    /// <summary>True to end at a warning before a second is spent on training.</summary>
    public bool EndsAtWarnings { get; init; }

    /// <summary>Fits unguarded, then guarded, then mended.</summary>
    public Outcome Run(MLContext ml)
    {
        var before = Score(() => Trainer.Fit(Data.TrainSet));
        var report = Guarded(Trainer);
        var finding = report.Unfolded.FirstOrDefault(f => f.Rule.Id == RuleId && (f.Subject.SlotName ?? f.Subject.Name) == Place);
        var pipeline = Mended ?? (finding?.Mend is EstimatorMend mend ? mend.ToEstimator(ml).Append(Trainer) : Trainer);
        // Guarded too: a mend that leaves the model dead would throw.
        return new Outcome(this, before, report, finding, Score(() => pipeline.Guard(Quiet).Fit(Data.TrainSet)));
    }

    private static GuardOptions Quiet => new() { Diagnostics = new DiagnosticsOptions { Sinks = [] } };

    private DiagnosticReport Guarded(IEstimator<ITransformer> trainer)
    {
        using var progress = new ProgressLine();
        var options = Quiet with { Diagnostics = new DiagnosticsOptions { Sinks = [], Progress = progress, FailOn = EndsAtWarnings ? Severity.Warning : Severity.Error } };
        try
        {
            return trainer.Guard(options).Fit(Data.TrainSet).DiagnosticReports().Last();
        }
        catch (DiagnosticException e)
        {
            return e.Report;
        }
    }

    /// <summary>The metric on the test rows; null where nothing came out of training.</summary>
    private double? Score(Func<ITransformer> fit)
    {
        try
        {
            return Metric.Of(fit().Transform(Data.TestSet));
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>What became of a case.</summary>
internal sealed record Outcome(Case Case, double? Before, DiagnosticReport Report, Finding? Finding, double? After)
{
    /// <summary>What is not as it should be; null where all is.</summary>
    public string? Problem =>
        Finding is null ? $"{Case.Name}: {Case.RuleId} at {Case.Place} was not found."
        : After is not { } after || !(after > (Before ?? 0) + 0.05) ? $"{Case.Name}: mended, {Case.Metric.Name} is {After}, and {Before} before."
        : null;
}
