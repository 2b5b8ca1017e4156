using MLNetDebug.Data;

namespace MLNetDebug.Torch.Networks;

/// <summary>
/// Weights on a scale at which the network cannot start: so large that logits or activations stand at their edges, or so small that nothing of the input reaches the loss. The scale alone is
/// no fault; it must show.
/// </summary>
internal sealed class InitialScale(InitialScaleOptions? options = null) : Rule<NetworkProfile>
{
    private readonly InitialScaleOptions _options = options ?? new();
    private readonly ScaleSigns _signs = new(options ?? new());

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.InitialScale, nameof(RuleIds.InitialScale), "A layer's initial weights are far too large or too small.",
        RuleCategory.Structure, Severity.Warning, ProofKind.Fact)
    { Notes = [1] };

    public override RuleOptions Options => _options;

    protected override void Judge(NetworkProfile measured, FindingSink sink)
    {
        var flow = new NetworkFlow(measured);
        var all = WeightScale.All(measured);
        var reaching = WeightScale.Unnormalised(measured, flow, all);
        JudgeLarge(measured, flow, all, reaching, sink);
        JudgeSmall(measured, flow, reaching, sink);
        foreach (var unset in UnsetNorms.Judge(measured))
            sink.Report(unset);
    }

    private void JudgeLarge(NetworkProfile profile, NetworkFlow flow, IReadOnlyList<WeightScale> all, IReadOnlyList<WeightScale> reaching, FindingSink sink)
    {
        // A network that answers better than a constant has learned with these weights.
        if (profile.Loss is { } loss && loss.MeanLoss <= loss.ConstantLoss)
            return;
        var bar = profile.Modules.Any(m => m.BatchesTracked > 0) ? _options.TrainedGain : _options.LargeGain;
        WeightScale[] Large(IReadOnlyList<WeightScale> of) => [.. of.Where(w => w.Gain > bar).OrderByDescending(w => w.Gain)];
        var large = Large(reaching);
        if (large.Length > 0 && _signs.AtLoss(profile.Loss) is { } shown)
            sink.Report(Draft(profile, flow, large, bar, shown));
        else if (First(large, w => _signs.Saturated(profile, flow, w)) is { } edge)
            sink.Report(Draft(profile, flow, edge.Weights, bar, edge.Shown));
        else if (First(Large(all), w => _signs.Drowned(profile, flow, w)) is { } drowned)
            sink.Report(Draft(profile, flow, drowned.Weights, bar, drowned.Shown));
    }

    /// <summary>The first weight that something shows of, the others behind it.</summary>
    private static (WeightScale[] Weights, ScaleSign Shown)? First(WeightScale[] large, Func<WeightScale, ScaleSign?> shows)
    {
        foreach (var weight in large)
        {
            if (shows(weight) is { } shown)
                return ([weight, .. large.Where(w => w != weight)], shown);
        }

        return null;
    }

    private void JudgeSmall(NetworkProfile profile, NetworkFlow flow, IReadOnlyList<WeightScale> weights, FindingSink sink)
    {
        var path = flow.BehindOutput(profile).TakeWhile(s => !s.IsNorm()).Where(s => s.IsWeighted()).Select(s => s.Module!.Name).ToArray();
        // The nearest to the loss is the output layer, and a small one is good practice.
        var small = weights.Where(w => w.Gain < _options.SmallGain && Array.IndexOf(path, w.Module.Name) > 0).OrderBy(w => w.Gain).ToArray();
        var left = small.Aggregate(1.0, (product, w) => product * w.Gain);
        if (small.Length > 0 && left < _options.LostSignal)
        {
            sink.Report(Draft(profile, flow, small, _options.SmallGain, new(
                $"what the input says reaches the loss {Words.Number(1 / left)} times smaller, and the gradients of the layers before shrink by as much",
                new Evidence("product of the small gains", left) { Threshold = _options.LostSignal })));
            return;
        }

        if (weights.FirstOrDefault(w => w.Gain < _options.LostSignal && !w.Module.IsSeen) is { } unseen)
            sink.NotChecked(Places.Module(profile, unseen.Module.Name), $"whether its small weights (gain {Words.Number(unseen.Gain)}) lose the signal: it was called by forward instead of call, or not at all");
    }

    private static FindingDraft Draft(NetworkProfile profile, NetworkFlow flow, IReadOnlyList<WeightScale> weights, double bar, ScaleSign sign)
    {
        var worst = weights[0];
        var others = weights.Skip(1).Select(w => $"`{w.Parameter.Name}` ({Words.Number(w.Gain)})").ToArray();
        return new FindingDraft(
            Places.Module(profile, worst.Module.Name),
            $"The weights of {Places.Named(worst.Module)} have a gain of {Words.Number(worst.Gain)} (root mean square {Words.Number(worst.Parameter.Facts.RootMeanSquare)}, {Words.Count(worst.Parameter.FanIn, "input")}), where 0.6 to 1.7 is usual" +
            (others.Length > 0 ? $"; beside it stand {Words.Names(others)}" : string.Empty) + $". It shows: {sign.Says}.")
        {
            Evidence = [new Evidence($"gain of {worst.Parameter.Name}", worst.Gain) { Threshold = bar }, sign.Evidence],
            Advice =
            [
                new Advice(
                    $"Draw the weights on the usual scale; the output layer may start at a tenth of it. {InitCode.KeepReturn}",
                    string.Join('\n', weights.Take(Words.MaxNames).Select(w => InitCode.For(flow, w.Parameter)))),
            ],
        };
    }
}
