using MLNetDebug.AutoML;

namespace MLNetDebug.Torch.Zoo.AutoML;

/// <summary>
/// Random search, of which one run says little: whether its first trial is lucky is worth a factor of ten. Its trials are run once, each to its end, and the mean of the logarithm of the steps to a target is
/// taken over many orders of them.
/// </summary>
internal static class RandomOrders
{
    private const int Orders = 200;

    /// <summary>Steps to a target: of one trial until it gets there, null where it does not, and in all.</summary>
    public readonly record struct Cost(double? Hit, double Steps);

    /// <summary>What each trial costs.</summary>
    /// <param name="task">The task.</param>
    /// <param name="guard">How each trial is watched; null for not at all.</param>
    /// <param name="seed">The seed of trials and training.</param>
    /// <param name="target">What is to be reached.</param>
    public static IReadOnlyList<Cost> Costs(SweepTask task, TrainingGuardOptions? guard, int seed, double target) =>
        [.. Contenders.AtRandom(seed).Select(p => Contenders.Run(task, [p], guard, seed, b => new StepMeter(b, target, double.PositiveInfinity, endsAtTarget: false)))
            .Select(m => new Cost(double.IsFinite(m.UntilTarget) ? m.UntilTarget : null, m.Steps))];

    /// <summary>The geometric mean over orders of the steps until a trial gets there; an order in which none does has used up the budget.</summary>
    public static double Steps(IReadOnlyList<Cost> costs, double budget, int seed)
    {
        var random = new Random(seed);
        var order = costs.ToArray();
        var logs = 0.0;
        for (var i = 0; i < Orders; i++)
        {
            random.Shuffle(order);
            var missed = order.TakeWhile(c => c.Hit is null).ToArray();
            logs += Math.Log(Math.Min(budget, missed.Length == order.Length ? budget : missed.Sum(c => c.Steps) + order[missed.Length].Hit!.Value));
        }

        return Math.Exp(logs / Orders);
    }
}
