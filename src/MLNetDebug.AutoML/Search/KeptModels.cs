using Microsoft.ML;

namespace MLNetDebug.AutoML.Search;

/// <summary>The best model of each candidate that this process confirmed, refused ones included, until the sweep ends; all others are disposed of at once.</summary>
internal sealed class KeptModels(SweepMetric metric) : IDisposable
{
    private readonly Dictionary<string, (TrialPlan Plan, double Metric, ITransformer Model)> _kept = [];
    private bool _wasAny;
    private bool _wasNone;

    /// <summary>True where bodies ran here and none of them made a model.</summary>
    public bool NoneWereMade => _wasNone && !_wasAny;

    public void Take(TrialPlan plan, double value, ITransformer? model)
    {
        if (model is null)
        {
            _wasNone |= double.IsFinite(value);
            return;
        }

        _wasAny = true;
        if (plan.Kind != TrialKind.Confirmation || (_kept.TryGetValue(plan.Arm, out var old) && !metric.IsBetter(value, old.Metric)))
        {
            (model as IDisposable)?.Dispose();
            return;
        }

        (old.Model as IDisposable)?.Dispose();
        _kept[plan.Arm] = (plan, value, model);
    }

    /// <summary>The model of a candidate's best run, if it was made here; the caller has it from then on.</summary>
    public ITransformer? Of(Confirmed winner)
    {
        var best = Results.SweepJudge.BestRun(winner, metric);
        return _kept.TryGetValue(best.Plan.Arm, out var kept) && kept.Plan.Number == best.Plan.Number && _kept.Remove(best.Plan.Arm) ? kept.Model : null;
    }

    public void Dispose()
    {
        foreach (var (_, _, model) in _kept.Values)
            (model as IDisposable)?.Dispose();
    }
}
