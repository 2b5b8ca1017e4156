using Microsoft.ML;
using MLNetDebug.Data;

namespace MLNetDebug.Pipeline;

/// <summary>Compares new data with the profile a fitted check kept.</summary>
internal static class ShiftCheck
{
    private const string NewName = "new data";

    /// <exception cref="InvalidOperationException">The model keeps no profile, or the new data has none of its features.</exception>
    public static DiagnosticReport Run(ITransformer model, IDataView newData, DiagnosticsOptions options, CancellationToken cancellation)
    {
        ITransformer[] stages = [.. FittedStages.Of(model)];
        var at = Array.FindLastIndex(stages, s => s is DiagnosticsTransformer { Profile: not null });
        if (at < 0)
            throw new InvalidOperationException(
                "The model holds no fitted check with a profile: fit a pipeline with AppendDiagnostics() and ask that model. A model read from a file holds none, as checks are not saved.");
        var train = ((DiagnosticsTransformer)stages[at]).Profile!;
        using var linked = DiagnosticsRun.Link(options, cancellation);
        var context = DiagnosticsRun.ContextOf(options, linked.Token);
        var data = Through(stages.Take(at), newData, context);
        var profile = DataProfileMeasurer.ProfilerFor(context).Profile(data, DeclarationFor(data.Schema, train), NewName, context.Progress, context.Cancellation);
        var have = new Measurements().With(train).With(new HoldOutProfile(profile) { IsNewData = true });
        var measurers = MeasurerCatalog.Create();
        var compares = measurers.Where(m => m.Needs.Contains(typeof(HoldOutProfile))).Select(m => m.Measures).ToHashSet();
        // Rows or groups that were trained on are no fault of new data.
        var engine = DiagnosticsRun.EngineOf(options, r => compares.Contains(r.Measured) && r.Descriptor.Id is not (RuleIds.SplitLeakage or RuleIds.GroupLeakage));
        return engine.Run($"{train.Name} and {NewName}", measurers, context, have) with { Facts = ReportFacts.Of(train, profile) };
    }

    /// <summary>Brings the new data to where the profile was taken. A stage whose columns it lacks (the label's, as a rule) is passed over, and that is said.</summary>
    private static IDataView Through(IEnumerable<ITransformer> stages, IDataView data, RunContext context)
    {
        foreach (var stage in stages)
        {
            try
            {
                data = stage.Transform(data);
            }
            catch (ArgumentException e)
            {
                context.NotChecked(
                    new Subject(SubjectKind.DataSet, NewName),
                    $"the stage {stage.GetType().Name} could not be applied to the {NewName} ({e.Message.ReplaceLineEndings(" ")}); the columns it makes were not compared");
            }
        }

        return data;
    }

    private static DataDeclaration DeclarationFor(DataViewSchema schema, DataProfile train)
    {
        var fitted = DeclarationFit.To(schema, train.Declaration).Declaration;
        return fitted.Features.Count > 0 ? fitted : throw new InvalidOperationException(
            $"The new data has none of the features the model was trained on ({MendCode.Quoted(train.Declaration.Features)}); columns are {MendCode.Quoted([.. schema.Where(c => !c.IsHidden).Select(c => c.Name)])}.");
    }
}
