using MLNetDebug.AutoML.Studies;

namespace MLNetDebug.AutoML;

/// <summary>What a trial is trained with, and where it reports how it goes.</summary>
public sealed class TrialContext
{
    private readonly TrialPlan _plan;
    private readonly Action<TrialPoint> _report;
    private readonly ChoiceTexts _choices;

    internal TrialContext(TrialPlan plan, ChoiceTexts choices, Action<TrialPoint> report) =>
        (_plan, _choices, _report) = (plan, choices, report);

    /// <summary>What is asked, whole.</summary>
    public TrialPlan Plan
    {
        get
        {
            (IsRateAsked, IsBatchSizeAsked) = (true, true);
            return _plan;
        }
    }

    /// <summary>What to train with.</summary>
    public TrialParameters Parameters => Plan.Parameters;

    /// <summary>The learning rate; NaN where the space has none.</summary>
    public double LearningRate
    {
        get
        {
            IsRateAsked = true;
            return _plan.Parameters.LearningRate;
        }
    }

    /// <summary>The batch size; 0 where the space has none.</summary>
    public int BatchSize
    {
        get
        {
            IsBatchSizeAsked = true;
            return _plan.Parameters.BatchSize;
        }
    }

    /// <summary>The seed of everything random in it.</summary>
    public int Seed => _plan.Seed;

    /// <summary>Epochs to train.</summary>
    public int Epochs => _plan.Epochs;

    /// <summary>True where the learning rate was asked for.</summary>
    internal bool IsRateAsked { get; private set; }

    /// <summary>True where the batch size was asked for.</summary>
    internal bool IsBatchSizeAsked { get; private set; }

    /// <summary>The chosen text of a <see cref="ChoiceOption"/>.</summary>
    /// <param name="name">The option's name.</param>
    /// <returns>The text.</returns>
    /// <exception cref="KeyNotFoundException">The space has no such option.</exception>
    public string Choice(string name) => _choices.Of(_plan, name);

    /// <summary>Reports the metric after an epoch. Not every epoch need be reported: the trial is held against others by what was.</summary>
    /// <param name="epoch">Epochs done, from 1; more than at the report before.</param>
    /// <param name="metric">The metric on the validation rows, in the sweep's direction.</param>
    /// <param name="steps">Gradient steps so far; 0 where they are not counted.</param>
    /// <exception cref="ArgumentException"><paramref name="epoch"/> is no later than one that was reported before.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epoch"/> is below 1, or <paramref name="steps"/> below 0.</exception>
    /// <exception cref="TrialPrunedException">The trial is not to go on: let it through.</exception>
    public void Report(int epoch, double metric, long steps = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epoch, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        _report(new TrialPoint(epoch, metric, steps));
    }
}
