using MLNetDebug.AutoML;
using MLNetDebug.AutoML.Studies;

namespace MLNetDebug.Torch.Zoo.AutoML;

/// <summary>Counts the gradient steps that a contender takes until a trial of its reaches a target, at whatever epoch.</summary>
/// <param name="body">Trains a trial.</param>
/// <param name="target">The accuracy to reach.</param>
/// <param name="budget">Steps after which it is given up.</param>
/// <param name="endsAtTarget">False to go on behind the target, for what the whole costs.</param>
internal sealed class StepMeter(TrialBody body, double target, double budget, bool endsAtTarget = true)
{
    private readonly CancellationTokenSource _over = new();
    private readonly List<(double Steps, double Metric)> _points = [];
    private double? _reached;

    /// <summary>Steps so far.</summary>
    public double Steps { get; private set; }

    /// <summary>The best accuracy that was reported.</summary>
    public double Best { get; private set; } = double.NaN;

    /// <summary>Steps until the target was reached; the whole budget where it never was.</summary>
    public double UntilTarget => _reached ?? budget;

    /// <summary>Steps until another target was reached; the whole budget where it never was.</summary>
    public double Until(double other, double most) => _points.Where(p => p.Metric >= other && p.Steps < most).Select(p => p.Steps).DefaultIfEmpty(most).First();

    /// <summary>Is cancelled where the target is reached or the budget spent.</summary>
    public CancellationToken Over => _over.Token;

    /// <summary>Adds steps that no trial took.</summary>
    public void Add(long steps) => Count(Steps + steps, double.NaN);

    /// <summary>Trains a trial and counts.</summary>
    public async Task<TrialOutcome> Run(TrialContext trial, CancellationToken token)
    {
        var before = Steps;
        var counted = new TrialContext(trial.Plan, ChoiceTexts.None, point =>
        {
            Count(before + point.Steps, point.Metric);
            _over.Token.ThrowIfCancellationRequested();
            trial.Report(point.Epoch, point.Metric, point.Steps);
        });
        try
        {
            var outcome = await body(counted, token).ConfigureAwait(false);
            Count(before + outcome.Steps, double.NaN);
            return outcome;
        }
        catch (TrialPrunedException e)
        {
            Count(Math.Max(Steps, before + (e.Steps ?? 0)), double.NaN);
            throw;
        }
    }

    private void Count(double steps, double metric)
    {
        Steps = steps;
        _points.Add((steps, metric));
        Best = SweepMetric.Accuracy.IsBetter(metric, Best) ? metric : Best;
        if (metric >= target && steps < budget)
            _reached ??= steps;
        if ((metric >= target && endsAtTarget) || steps >= budget)
            _over.Cancel();
    }
}
