using MLNetDebug.Data;

namespace MLNetDebug.Torch.Training;

/// <summary>
/// The held-out loss turns up while the held-out accuracy does not fall: the answers stay as right as they were, and the wrong ones are given with ever more confidence. Where the accuracy falls too, it is
/// plain overfitting, and said so. Info: of trainings that answer as well as ever, too many go on a little too long.
/// </summary>
internal sealed class Overconfidence(TrainingOverconfidenceOptions? options = null) : Rule<TrainingWindow>
{
    /// <summary>A rise below this, in nats, matters to nobody.</summary>
    private const double LeastNats = 0.01;

    /// <summary>Largest p-value of what the temperature saves.</summary>
    private const double CalibrationPValue = 0.05;

    private readonly TrainingOverconfidenceOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.Overconfidence, nameof(RuleIds.Overconfidence), "The model is surer of its answers than they deserve.",
        RuleCategory.Validation, Severity.Info, ProofKind.Statistical)
    { Notes = [11] };

    public override RuleOptions Options => _options;

    protected override void Judge(TrainingWindow measured, FindingSink sink)
    {
        if (HeldOutTrend.Of(measured) is not { } trend || double.IsNaN(trend.Last.Accuracy))
            return;
        var place = new Subject(SubjectKind.Model, measured.Network) { Epoch = trend.LastEpoch };
        if (trend.Count <= _options.Validations)
            sink.NotChecked(place, $"whether the held-out loss turns up while the accuracy does not: {Words.Count(trend.Count, "validation")} of {Words.Number((long)_options.Validations + 1)} that are needed");
        else if (trend.Behind >= _options.Validations && trend.PValue <= _options.PValue && trend.Rise >= Math.Max(LeastNats, _options.LeastRise * trend.Least))
            JudgeRise(place, measured, trend, sink);
    }

    private void JudgeRise(Subject place, TrainingWindow window, HeldOutTrend trend, FindingSink sink)
    {
        if (trend.HasAccuracyFallen)
            sink.Report(OverconfidenceDrafts.Overfitting(place, window, trend, _options));
        else if (double.IsNaN(trend.Last.LogLoss))
            sink.Report(OverconfidenceDrafts.Unconfirmed(place, window, trend, _options));
        else if (double.IsNaN(trend.Last.Temperature))
            sink.NotChecked(place, $"whether confidence can be believed: {Words.Count(trend.Last.Rows, "held-out row")} are too few for a temperature", Predictions.CalibrationProfile.MinRows);
        else if (IsConfirmed(trend))
            sink.Report(OverconfidenceDrafts.Confident(place, window, trend, _options));
    }

    private bool IsConfirmed(HeldOutTrend trend) =>
        trend.Last.CalibrationError - trend.Best.CalibrationError >= _options.ErrorRise
        && (double.IsNaN(trend.Best.MeanConfidenceOfWrong) || trend.Last.MeanConfidenceOfWrong > trend.Best.MeanConfidenceOfWrong)
        && trend.Last.Temperature >= _options.TemperatureFloor
        && trend.Last.LogLoss - trend.Last.CalibratedLogLoss >= _options.Recovered * trend.Rise
        && trend.Last.CalibrationPValue <= CalibrationPValue;
}
