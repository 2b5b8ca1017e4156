using Microsoft.ML;
using Microsoft.ML.AutoML;

namespace MLNetDebug.AutoML.Experiment;

/// <summary>Rows to train on and rows to judge by.</summary>
internal sealed record TrialFold(IDataView Train, IDataView Test);

/// <summary>Splits an experiment's data as AutoML does.</summary>
internal static class TrialFolds
{
    /// <summary>The folds of a trial; one where the experiment has validation data.</summary>
    /// <exception cref="InvalidOperationException">The experiment has no data of a kind that is known.</exception>
    public static IReadOnlyList<TrialFold> Of(IDatasetManager? data, MLContext context, TrialSettings settings) => data switch
    {
        ICrossValidateDatasetManager several =>
            [.. context.Data.CrossValidationSplit(several.Dataset, several.Fold, several.SamplingKeyColumnName).Select(s => new TrialFold(s.TrainSet, s.TestSet))],
        ITrainValidateDatasetManager split => [new TrialFold(split.LoadTrainDataset(context, settings), split.LoadValidateDataset(context, settings))],
        _ => throw new InvalidOperationException("The experiment has no data to train on: call SetDataset."),
    };
}
