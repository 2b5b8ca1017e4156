using MathNet.Numerics.Distributions;
using MLNetDebug.Data;

namespace MLNetDebug.Predictions;

/// <summary>
/// Says where a classifier's probabilities claim more than rows it was not trained on bear out. Classes may be as right as ever: the log-loss rises because the
/// wrong answers are given with ever more confidence.
/// </summary>
internal sealed class Overconfidence(OverconfidenceOptions? options = null) : Rule<PredictionProfile>
{
    private readonly OverconfidenceOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.Overconfidence, nameof(RuleIds.Overconfidence), "The model is surer of its answers than they deserve.",
        RuleCategory.Validation, Severity.Warning, ProofKind.Statistical)
    { Notes = [11] };

    public override RuleOptions Options => _options;

    protected override void Judge(PredictionProfile measured, FindingSink sink)
    {
        var subject = new Subject(SubjectKind.Model, measured.Name);
        if (measured.Calibration is not { } calibration)
        {
            if (WhyNot(measured) is { } reason)
                sink.NotChecked(subject, $"whether confidence can be believed: {reason}", measured.Judged < CalibrationProfile.MinRows ? CalibrationProfile.MinRows : null);
            return;
        }

        // A model that is too modest loses log-loss too, but that is another fault.
        var isOver = calibration.Temperature > 1 && calibration.LogLoss > 0;
        var gain = isOver ? 1 - calibration.CalibratedLogLoss / calibration.LogLoss : 0;
        var test = sink.Test(subject, isOver ? calibration.PValue : 1, gain, _options.GainFloor, level => Resolution(calibration, level));
        sink.AfterTests(() =>
        {
            var matters = calibration.Temperature >= _options.TemperatureFloor && calibration.ExpectedCalibrationError >= _options.ErrorFloor;
            if (test.IsFound && matters)
                sink.Report(Draft(measured, calibration, gain, test.IsSure()));
            else if (test.Outcome == TestOutcome.Undetermined && matters)
            {
                sink.NotChecked(
                    subject, $"whether confidence can be believed: temperature {Words.Number(calibration.Temperature)} says no, but a saving of log-loss below {Words.Percent(Math.Min(1, test.Resolution))} cannot be told from chance on {Words.Count(calibration.Rows, "row")} (floor {Words.Percent(_options.GainFloor)})",
                    ShiftTests.RowsNeeded(test.Resolution, _options.GainFloor, calibration.Rows));
            }
        });
    }

    /// <summary>The smallest share of the log-loss whose saving would show at a level.</summary>
    private static double Resolution(CalibrationProfile calibration, double level) => calibration.LogLoss > 0 && calibration.StandardError > 0
        ? -StudentT.InvCDF(0, 1, calibration.Rows - 1, level) * calibration.StandardError / calibration.LogLoss
        : 0;

    private static string? WhyNot(PredictionProfile profile) =>
        profile.Task is not (LearningTask.BinaryClassification or LearningTask.MulticlassClassification) ? null
        : profile.Columns.Label is null ? "the rows have no label"
        : profile.Judged < CalibrationProfile.MinRows ? $"{Words.Count(profile.Judged, "row")} with a label and a finite score are too few"
        : profile.Probabilities is null ? "the model gives no probabilities"
        : !profile.Probabilities.IsValid ? "its scores are no probabilities"
        : profile.SampledRows < CalibrationProfile.MinRows ? "too few rows of so many classes fit into the sample"
        : "a row carries a class the model has no score for, or there is one class only";

    private FindingDraft Draft(PredictionProfile profile, CalibrationProfile calibration, double gain, bool isSure)
    {
        var wrong = double.IsNaN(calibration.MeanConfidenceOfWrong) ? string.Empty : $", and {Words.Percent(calibration.MeanConfidenceOfWrong)} where it is wrong";
        return new FindingDraft(
            new Subject(SubjectKind.Model, profile.Name),
            $"On the {profile.Name} the model claims {Words.Percent(calibration.MeanConfidence)} confidence on average{wrong}; it is right in {Words.Percent(calibration.Accuracy)} of {Words.Count(calibration.Rows, "row")} " +
            $"(ECE {Words.Number(calibration.ExpectedCalibrationError)}, floor {Words.Number(_options.ErrorFloor)}). At temperature T = {Words.Number(calibration.Temperature)} (floor {Words.Number(_options.TemperatureFloor)}), fitted on one half and tried on the other, " +
            $"its log-loss falls from {Words.Number(calibration.LogLoss)} to {Words.Number(calibration.CalibratedLogLoss)} with every class as before: not its answers are at fault but its confidence.")
        {
            Severity = isSure ? Severity.Warning : Severity.Info,
            Confidence = isSure ? Confidence.Confirmed : Confidence.Suspected,
            Evidence =
            [
                new Evidence("temperature", calibration.Temperature) { Threshold = _options.TemperatureFloor },
                new Evidence("expected calibration error", calibration.ExpectedCalibrationError) { Threshold = _options.ErrorFloor },
                new Evidence("share of the log-loss saved", gain) { Threshold = _options.GainFloor },
                new Evidence("mean confidence", calibration.MeanConfidence),
                new Evidence("mean confidence of wrong answers", calibration.MeanConfidenceOfWrong),
                new Evidence("accuracy", calibration.Accuracy),
                new Evidence("log-loss", calibration.LogLoss) { Unit = "nats" },
                new Evidence("calibrated log-loss", calibration.CalibratedLogLoss) { Unit = "nats" },
                new Evidence("p-value", calibration.PValue),
            ],
            Advice = [Calibrate(profile, calibration.Temperature), Regularise],
            Figures = [new Figure("reliability", ["confidence", "accuracy", "rows"], [[.. calibration.Bins.Select(b => b.Confidence)], [.. calibration.Bins.Select(b => b.Accuracy)], [.. calibration.Bins.Select(b => (double)b.Rows)]])],
            Mend = new TemperatureMend(profile.Columns.Probability ?? profile.Columns.Score, calibration.Temperature),
        };
    }

    private static Advice Regularise { get; } = new(
        "Or train for it: a stronger L2 penalty, fewer or smaller trees, fewer iterations, label smoothing in a network; stop by the log-loss where probabilities are used, by the accuracy where only classes are.");

    private static Advice Calibrate(PredictionProfile profile, double temperature) => profile.Task == LearningTask.BinaryClassification
        ? new Advice(
            "Where probabilities are used, calibrate the model on rows that neither train nor test it.",
            $"var calibrator = ml.BinaryClassification.Calibrators.Platt({Words.Literal(profile.Columns.Label!)}, {Words.Literal(profile.Columns.Score)}).Fit(model.Transform(calibrationRows));")
        : new Advice(
            "Where probabilities are used, divide the logits by a temperature fitted on rows that neither train nor test the model; the mend does so with that of these rows.",
            new TemperatureMend(profile.Columns.Score, temperature).Code);
}
