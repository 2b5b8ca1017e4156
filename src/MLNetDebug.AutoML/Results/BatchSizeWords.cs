namespace MLNetDebug.AutoML.Results;

/// <summary>The verdict on batch sizes in a few sentences: also where no difference was found.</summary>
internal static class BatchSizeWords
{
    public static string Of(TrialSet measured)
    {
        if (measured is not { Small: { } small, LargeEqualEpochs: { } large })
            return measured.NotMeasured ?? "The effect of the batch size was not measured.";
        var pair = FormattableString.Invariant($"a batch of {small.Parameters.BatchSize} (rate {small.Parameters.LearningRate:G3}) beside one of {large.Parameters.BatchSize} (rate {large.Parameters.LearningRate:G3})");
        string[] said =
        [
            measured.AtEqualEpochs is { } epochs ? Said(epochs, measured.Metric, FormattableString.Invariant($"after {small.Epochs} epochs each")) : "",
            measured is { AtEqualUpdates: { } updates, LargeEqualUpdates: { } longer } ? Said(updates, measured.Metric, FormattableString.Invariant($"after as many updates ({longer.Epochs} epochs of the large batch)")) : "",
        ];
        if (said.All(s => s.Length == 0))
            return measured.NotMeasured ?? "The effect of the batch size cannot be said: fewer than two seeds of both arms came to their end.";
        return string.Join(' ', [$"On the test rows, {pair}: {string.Join("; ", said.Where(s => s.Length > 0))}.", .. measured.NotMeasured is { } why ? [why] : Array.Empty<string>()]);
    }

    private static string Said(MetricInterval effect, SweepMetric metric, string when) =>
        effect.IncludesZero
            ? $"no difference beyond noise {when}, {metric.Name} {Signed(effect)} for the small one over {effect.Count} seeds"
            : $"the {(effect.Mean > 0 ? "small" : "large")} one is better {when}, {metric.Name} by {Signed(effect.Mean > 0 ? effect : new(-effect.Mean, -effect.High, -effect.Low, effect.Count))} over {effect.Count} seeds";

    private static string Signed(MetricInterval effect) => FormattableString.Invariant($"{effect.Mean:+0.####;-0.####;0} [{effect.Low:+0.####;-0.####;0}, {effect.High:+0.####;-0.####;0}]");
}
