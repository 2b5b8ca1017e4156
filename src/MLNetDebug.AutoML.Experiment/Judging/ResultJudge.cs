using Microsoft.ML;
using Microsoft.ML.AutoML;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Predictions;

namespace MLNetDebug.AutoML.Experiment;

/// <summary>Judges the model that a user's own runner gave: the parameters that can be read of it, and its scores of the experiment's first validation rows.</summary>
internal sealed class ResultJudge(GuardOptions options, ExperimentRun run)
{
    /// <summary>Judges; never throws for a model that cannot be looked into.</summary>
    public Judgement Judge(ITransformer model, TrialSettings settings, CancellationToken cancellation)
    {
        var stages = FittedStages.Of(model).ToArray();
        var read = stages.Select(s => (Stage: s, Parameters: PublicParameters.Of(s))).Where(s => s.Parameters is not null).ToArray();
        // Of several models in a chain the first that is not finite ruins what comes after it.
        var (stage, parameters) = read.FirstOrDefault(s => s.Parameters!.NonFinite > 0) is { Stage: not null } sick ? sick : read.LastOrDefault();
        var name = (stage ?? stages.LastOrDefault() ?? model).GetType().Name.Split('`')[0];
        var judge = new ModelJudge(options);
        try
        {
            if (parameters is not { NonFinite: > 0 } && Rows(settings) is { } rows)
                return judge.Judge(name, parameters, model.Transform(rows), rows, null, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
        {
            // The runner may have trained on rows of another kind than the experiment's.
        }

        return judge.Judge(name, parameters, null, null, null, cancellation);
    }

    private IDataView? Rows(TrialSettings settings)
    {
        var context = run.Get<MLContext>() ?? new MLContext();
        var rows = run.Get<IDatasetManager>() switch
        {
            ITrainValidateDatasetManager split => split.LoadValidateDataset(context, settings),
            ICrossValidateDatasetManager folds => folds.Dataset,
            _ => null,
        };
        return rows is null ? null : context.Data.TakeRows(rows, options.ScoredRows);
    }
}
