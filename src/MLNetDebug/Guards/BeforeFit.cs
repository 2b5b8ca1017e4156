using System.Diagnostics;
using Microsoft.ML;
using MLNetDebug.Data;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Guards;

/// <summary>What is known before training: the measurements made, what they say, and rows kept for the model to be tried on.</summary>
internal sealed record Checked(Measurements Have, RunContext Context, DataDeclaration Declaration, DiagnosticReport Report)
{
    /// <summary>Rows sampled in the data pass; null without one.</summary>
    public RowSample? Sample { get; init; }

    /// <summary>The profile of the training data; null where no pass was made.</summary>
    public DataProfile? Profile => Have.Get<DataProfile>();
}

/// <summary>Checks data, label, options and device before a fit, in one pass over the rows.</summary>
internal sealed class BeforeFit(object trainer, GuardOptions options, RuleEngine engine)
{
    public Checked Run(IDataView input, CancellationToken cancellation)
    {
        var declaration = DeclarationResolver.Resolve(input.Schema, options.Diagnostics, trainer);
        var context = DiagnosticsRun.ContextOf(options.Diagnostics, cancellation);
        var have = new Measurements();
        var sample = default(RowSample);
        Timing[] timings = [];
        if (options.Data != DataChecks.None)
        {
            sample = options.CheckModel ? RowSample.Of(input.Schema, declaration, options) : null;
            var tapped = new TappedView(input, sample is null ? [] : [sample]);
            var inputs = new DataInputs(tapped, options.Diagnostics.HoldOut, declaration);
            var started = Stopwatch.GetTimestamp();
            have.With(inputs).With(DataProfileMeasurer.ProfileOf(inputs, context));
            timings = [new Timing(nameof(DataProfile), Stopwatch.GetElapsedTime(started))];
        }

        var report = engine.Run(TitleOf(trainer), MeasurerCatalog.Create(), context, have);
        report = report with
        {
            Timings = [.. timings, .. report.Timings],
            Assumptions = declaration.Assumptions,
            Facts = ReportFacts.Of(have.Get<DataProfile>(), have.Get<HoldOutProfile>()?.Profile),
        };
        return new Checked(have, context, declaration, report) { Sample = sample };
    }

    /// <summary>What the report of a guarded fit is called.</summary>
    public static string TitleOf(object trainer) => $"guarded fit of {trainer.GetType().Name.Split('`')[0]}";
}
