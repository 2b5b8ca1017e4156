using Microsoft.ML.AutoML;

namespace MLNetDebug.AutoML.Experiment.Tests;

/// <summary>A user's runner.</summary>
internal sealed class FakeRunner(Func<TrialSettings, CancellationToken, TrialResult?> run) : ITrialRunner
{
    public FakeRunner(TrialResult? result)
        : this((_, _) => result)
    {
    }

    public int Disposed { get; private set; }

    public Task<TrialResult> RunAsync(TrialSettings settings, CancellationToken ct) => Task.FromResult(run(settings, ct)!);

    public void Dispose() => Disposed++;
}
