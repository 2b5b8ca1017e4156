using System.Diagnostics;
using Microsoft.ML;
using MLNetDebug.Data;
using MLNetDebug.Pipeline;
using MLNetDebug.Predictions;

namespace MLNetDebug.Guards;

/// <summary>Looks into what a fit gave, and makes the report of the whole.</summary>
internal sealed class AfterFit(object trainer, GuardOptions options, RuleEngine engine, Checked before)
{
    /// <summary>The report of a fit that gave a model.</summary>
    public DiagnosticReport Of(ITransformer fitted, FitRun run, IDataView input, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        if (before.Have.Get<TrainerSetup>() is { Classes: { } classes } && ClosedTrainer.Of(trainer) is { } closed)
            TrainerSetupReader.Remember(closed, classes);
        if (options.CheckModel)
            before.Have.With(new ModelInspector(trainer, options, before).Inspect(fitted, run, input, cancellation));
        Timing[] timings = [new Timing(nameof(ModelProfile), Stopwatch.GetElapsedTime(started))];
        started = Stopwatch.GetTimestamp();
        var validation = new ValidationPass(ClosedTrainer.Of(trainer), options, before).Run(fitted, run.Trainer, cancellation);
        if (validation is not null)
        {
            before.Have.With(validation);
            timings = [.. timings, new Timing(nameof(PredictionProfile), Stopwatch.GetElapsedTime(started))];
        }

        var report = Judge(run with { Data = before.Profile }, timings);
        return report with { Facts = [.. report.Facts, .. ValidationPass.FactsOf(validation, run.ReportedAccuracy)] };
    }

    /// <summary>The report of a fit that the guard ended.</summary>
    public DiagnosticReport OfNoModel(FitRun run) => Judge(run with { Data = before.Profile }, []);

    /// <summary>The report of a fit that threw.</summary>
    public DiagnosticReport OfFailure(FitRun run, Exception error) =>
        Judge(run with { Data = before.Profile, Failure = FailureReader.Read(error, trainer, run, before.Declaration, before.Profile) }, []);

    private DiagnosticReport Judge(FitRun run, IEnumerable<Timing> timings)
    {
        foreach (var reason in run.NotObserved)
            before.Context.NotChecked(new Subject(SubjectKind.Run, run.Trainer), reason);
        before.Have.With(run);
        return engine.Judge(before.Report.Title, before.Have, before.Context.Unanswered) with
        {
            Assumptions = before.Report.Assumptions,
            Facts = [.. before.Report.Facts, .. FactsOf(run)],
            Timings = [.. before.Report.Timings, new Timing("Fit", run.Elapsed), .. timings],
        };
    }

    private static IEnumerable<Evidence> FactsOf(FitRun run)
    {
        yield return new Evidence("training: passes", run.Passes) { Unit = "passes" };
        yield return new Evidence("training: rows", run.Rows) { Unit = "rows read" };
        if (run.Signals.LastOrDefault(s => s.Loss is not null) is { } last)
            yield return new Evidence("training: last loss", last.Loss!.Value);
    }
}
