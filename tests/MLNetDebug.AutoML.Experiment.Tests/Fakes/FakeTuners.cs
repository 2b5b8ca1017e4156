using Microsoft.ML.AutoML;
using Microsoft.ML.SearchSpace;

namespace MLNetDebug.AutoML.Experiment.Tests;

/// <summary>A tuner that is known by its name alone, as AutoML's internal ones are.</summary>
internal abstract class NamedTuner : ITuner
{
    public Parameter Propose(TrialSettings settings) => throw new NotSupportedException();

    public void Update(TrialResult result) => throw new NotSupportedException();
}

internal sealed class SmacTuner : NamedTuner;

internal sealed class CostFrugalTuner : NamedTuner;

internal sealed class EciCostFrugalTuner : NamedTuner;

internal sealed class RandomSearchTuner : NamedTuner;

internal sealed class GridSearchTuner : NamedTuner;

internal sealed class UsersTuner : NamedTuner;
