using Microsoft.ML.AutoML;

namespace MLNetDebug.AutoML.Experiment.Tests;

/// <summary>A user's monitor.</summary>
internal sealed class FakeMonitor : IMonitor
{
    public List<(TrialSettings Settings, Exception? Error)> Failed { get; } = [];

    public void ReportBestTrial(TrialResult result)
    {
    }

    public void ReportCompletedTrial(TrialResult result)
    {
    }

    public void ReportFailTrial(TrialSettings settings, Exception? exception = null) => Failed.Add((settings, exception));

    public void ReportRunningTrial(TrialSettings settings)
    {
    }
}
