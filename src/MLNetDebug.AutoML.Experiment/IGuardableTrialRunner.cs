using Microsoft.ML.AutoML;
using MLNetDebug.Guards;

namespace MLNetDebug.AutoML.Experiment;

/// <summary>
/// A trial runner of your own that puts its training under the trial's guard: call <c>Guard(guard)</c> on the trainer or pipeline. The guard then judges the model, ends training within a row
/// when the trial is to end, and hears the losses that pruning needs.
/// </summary>
public interface IGuardableTrialRunner : ITrialRunner
{
    /// <summary>Runs a trial. Exceptions become a failed trial with a reason.</summary>
    /// <param name="settings">The trial.</param>
    /// <param name="guard">The trial's guard: its tokens, budget and signals are set.</param>
    /// <param name="ct">Cancelled when the trial is to end.</param>
    /// <returns>The result.</returns>
    Task<TrialResult> RunAsync(TrialSettings settings, GuardOptions guard, CancellationToken ct);
}
