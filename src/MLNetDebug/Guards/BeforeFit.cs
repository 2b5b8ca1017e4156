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
        var closed = ClosedTrainer.Of(trainer);
        var sample = default(RowSample);
        Timing[] timings = [];
        if (options.Data != DataChecks.None)
        {
            sample = options.CheckModel ? RowSample.Of(input.Schema, declaration, options) : null;
            var taps = closed is null ? null : new ClosedTaps(closed, input.Schema);
            var tapped = new TappedView(input, [.. sample is null ? Array.Empty<IRowTap>() : [sample], .. taps?.Taps ?? []]);
            var inputs = new DataInputs(tapped, options.Diagnostics.HoldOut, declaration);
            var started = Stopwatch.GetTimestamp();
            var profile = DataProfileMeasurer.ProfileOf(inputs, context);
            have.With(inputs).With(taps?.Complete(profile) ?? profile);
            if (taps is not null)
            {
                have.With(taps.ToInput(profile));
                foreach (var column in taps.Read)
                    context.Answered(Subject.Column(column));
            }

            timings = [new Timing(nameof(DataProfile), Stopwatch.GetElapsedTime(started))];
        }

        if (closed is not null)
            have.With(SetupOf(closed, have.Get<DataProfile>()?.Label, context));

        var report = engine.Run(TitleOf(trainer), MeasurerCatalog.Create(), context, have);
        report = report with
        {
            Timings = [.. timings, .. report.Timings],
            Assumptions = declaration.Assumptions,
            Facts = ReportFacts.Of(have.Get<DataProfile>(), have.Get<HoldOutProfile>()?.Profile),
        };
        return new Checked(have, context, declaration, report) { Sample = sample };
    }

    private static TrainerSetup SetupOf(ClosedTrainer closed, LabelProfile? label, RunContext context)
    {
        var counts = closed.Kind is ClosedTrainerKind.TextClassification or ClosedTrainerKind.ObjectDetection;
        var setup = TrainerSetupReader.Read(closed, counts ? label?.Classes.Count : null);
        foreach (var reason in setup.NotRead)
            context.NotChecked(new Subject(SubjectKind.Trainer, closed.Name), reason);
        return setup;
    }

    /// <summary>What the report of a guarded fit is called.</summary>
    public static string TitleOf(object trainer) => $"guarded fit of {trainer.GetType().Name.Split('`')[0]}";
}
