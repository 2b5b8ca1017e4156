using Microsoft.ML;
using Microsoft.ML.AutoML;

namespace MLNetDebug.AutoML.Experiment.Tests;

/// <summary>A metric as AutoML's managers are.</summary>
internal sealed class FakeMetric(string name, bool isMaximize, Func<MLContext, IDataView, double>? evaluate = null) : IEvaluateMetricManager
{
    public bool IsMaximize => isMaximize;

    public string MetricName => name;

    public double Evaluate(MLContext context, IDataView eval) => evaluate!(context, eval);
}

/// <summary>Data with a validation set.</summary>
internal sealed class FakeSplit(IDataView train, IDataView validation) : ITrainValidateDatasetManager
{
    public IDataView LoadTrainDataset(MLContext context, TrialSettings? settings) => train;

    public IDataView LoadValidateDataset(MLContext context, TrialSettings? settings) => validation;
}

/// <summary>Data that is split into folds.</summary>
internal sealed class FakeFolds(IDataView data, int fold) : ICrossValidateDatasetManager
{
    public int Fold { get; set; } = fold;

    public IDataView Dataset { get; set; } = data;

    public string? SamplingKeyColumnName { get; set; }
}
