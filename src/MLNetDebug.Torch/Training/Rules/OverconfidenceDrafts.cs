using MLNetDebug.Data;
using MLNetDebug.Torch.Networks;

namespace MLNetDebug.Torch.Training;

/// <summary>What MLD401 says while training.</summary>
internal static class OverconfidenceDrafts
{
    /// <summary>Every sign is there.</summary>
    public static FindingDraft Confident(Subject place, TrainingWindow window, HeldOutTrend trend, TrainingOverconfidenceOptions options)
    {
        var (before, last) = (trend.Best, trend.Last);
        return new FindingDraft(
            place,
            $"{Rises(trend)}, while the held-out accuracy has not fallen ({Accuracies(trend)}). Not the answers of {window.Network} get worse but its confidence: {Words.Percent(last.MeanConfidence)} on average" +
            $"{(double.IsNaN(last.MeanConfidenceOfWrong) ? string.Empty : $", {Words.Percent(last.MeanConfidenceOfWrong)} where it is wrong")}, right in {Words.Percent(last.Accuracy)} (ECE {Words.Number(before.CalibrationError)} then, {Words.Number(last.CalibrationError)} now). " +
            $"At temperature {Words.Number(last.Temperature)} the log-loss falls from {Words.Number(last.LogLoss)} to {Words.Number(last.CalibratedLogLoss)} with every class as before.")
        {
            Evidence =
            [
                .. Trend(trend, options),
                new Evidence("rise of the expected calibration error", last.CalibrationError - before.CalibrationError) { Threshold = options.ErrorRise },
                new Evidence("mean confidence of wrong answers", last.MeanConfidenceOfWrong) { Threshold = before.MeanConfidenceOfWrong },
                new Evidence("temperature", last.Temperature) { Threshold = options.TemperatureFloor },
                new Evidence("share of the rise that the temperature takes back", (last.LogLoss - last.CalibratedLogLoss) / trend.Rise) { Threshold = options.Recovered },
            ],
            Advice =
            [
                new Advice(
                    "Where probabilities are used, divide the logits by a temperature fitted on rows that neither train nor test the network; classes stay as they are.",
                    $"var probabilities = torch.nn.functional.softmax(logits / {OptimizerCode.Number(Math.Round(last.Temperature, 2))}, 1);"),
                new Advice("Or train for it: label smoothing, weight decay, dropout.", "var loss = torch.nn.functional.cross_entropy(logits, y, label_smoothing: 0.1);"),
                new Advice($"Stop by what matters: by the log-loss after epoch {Words.Number((long)trend.BestEpoch)} where probabilities are used, by the accuracy where only classes are."),
            ],
            Figures = [Curve(window)],
        };
    }

    /// <summary>Loss and accuracy are all that is known.</summary>
    public static FindingDraft Unconfirmed(Subject place, TrainingWindow window, HeldOutTrend trend, TrainingOverconfidenceOptions options) => new(
        place, $"{Rises(trend)}, while the held-out accuracy has not fallen ({Accuracies(trend)}): the confidence of {window.Network} may be decaying, and not its answers.")
    {
        Confidence = Confidence.Suspected,
        Evidence = Trend(trend, options),
        Advice = [new Advice("Hand held-out probabilities and labels over, so that it can be told.", "guard.EndEpoch(new Validation { Probabilities = torch.nn.functional.softmax(logits, 1), Labels = y });")],
        Figures = [Curve(window)],
    };

    /// <summary>Loss and accuracy both get worse.</summary>
    public static FindingDraft Overfitting(Subject place, TrainingWindow window, HeldOutTrend trend, TrainingOverconfidenceOptions options) => new(
        place, $"{Rises(trend)}, and the held-out accuracy has fallen with it ({Accuracies(trend)}): {window.Network} learns its training rows by heart. This is plain overfitting, not confidence alone.")
    {
        Confidence = Confidence.Suspected,
        Evidence = Trend(trend, options),
        Advice = [new Advice($"Keep the weights of epoch {Words.Number((long)trend.BestEpoch)}, or train with more rows, weight decay, dropout or a smaller network.", "model.save(path); // whenever the held-out loss is the lowest so far")],
        Figures = [Curve(window)],
    };

    private static string Rises(HeldOutTrend trend) =>
        $"The held-out loss was lowest after epoch {Words.Number((long)trend.BestEpoch)} ({Words.Number(trend.Least)}) and has risen to {Words.Number(trend.Level)} in the {Words.Count(trend.Behind, "validation")} since (p {Words.PValue(trend.PValue)})";

    private static string Accuracies(HeldOutTrend trend) => $"{Words.Percent(trend.AccuracyBefore)} then, {Words.Percent(trend.AccuracyNow)} now";

    private static Evidence[] Trend(HeldOutTrend trend, TrainingOverconfidenceOptions options) =>
    [
        new("rise of the held-out loss over its minimum, as a share of it", trend.Rise / trend.Least) { Threshold = options.LeastRise },
        new("p-value of its trend", trend.PValue) { Threshold = options.PValue },
        new("change of the held-out accuracy", trend.AccuracyNow - trend.AccuracyBefore),
    ];

    private static Figure Curve(TrainingWindow window)
    {
        EpochRecord[] epochs = [.. window.Epochs.Where(e => e.Validation is not null).TakeLast(500)];
        return new("line", ["epoch", "held-out loss", "held-out accuracy"],
        [
            [.. epochs.Select(e => (double)e.Epoch)],
            [.. epochs.Select(e => e.Validation!.JudgedLoss)],
            [.. epochs.Select(e => e.Validation!.Accuracy)],
        ]);
    }
}
