using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Zoo.Training.Tables;

/// <summary>What is printed of a run that was not judged as it should be: enough to see why.</summary>
internal static class TrainingWords
{
    public static string Of(TrainingOutcome outcome, string rule) =>
        $"findings: {Of(outcome.Report.Findings)}; not checked: {string.Join("; ", outcome.Report.NotChecked.Where(n => n.RuleId == rule).Select(n => n.Reason))}; {Of(outcome.Window)}";

    public static string Of(IEnumerable<Finding> findings) => string.Join("; ", findings.Select(f => $"{f.Rule.Id} {f.Severity} {f.Subject}{(f.Subject.Step is { } step ? $" step {step}" : "")}: {f.Message}"));

    public static string Of(TrainingWindow window)
    {
        var (loss, output) = (window.Loss, window.Output);
        var curve = loss.Curve.Where((_, i) => i % Math.Max(1, loss.Curve.Count / 8) == 0);
        // Ratios are largest at the start; the last one alone would not show them.
        var layers = window.Parameters.Where(p => p.Shape.Count > 1).Select(p => $"{p.Name} gradient {Middle(p.GradientNorms):g2} update {Middle(p.UpdateRatios):g2} norm {p.InitialNorm:g2} to {p.Norm:g2} dead {p.DeadUnits}/{p.Units}");
        var epochs = window.Epochs.Where((_, i) => i % Math.Max(1, window.Epochs.Count / 6) == 0).Select(e => $"{e.Validation?.Loss:g3}/{e.Validation?.Accuracy:0.00}");
        return $"window: {window.Step + 1} steps, loss {loss.Kind} first {loss.First:g3} smoothed {loss.Smoothed:g3} best {loss.Best:g3} constant {loss.ConstantLoss:g3} curve [{string.Join(' ', curve.Select(l => $"{l:g3}"))}]; held out [{string.Join(' ', epochs)}]; " +
            $"norms median {Middle(window.GradientNorms):g2} max {window.GradientNorms.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max():g2}; " +
            $"output [{output?.Min:g3}, {output?.Max:g3}] spread {output?.RowSpread:g2} margin {output?.MedianMargin:g3} zero losses {output?.ZeroLossShare:0.00} accuracy {output?.Accuracies.LastOrDefault():0.00}; {string.Join(", ", layers)}";
    }

    private static double Middle(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Where(double.IsFinite).Order()];
        return sorted.Length == 0 ? double.NaN : sorted[sorted.Length / 2];
    }
}
