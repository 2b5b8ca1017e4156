using System.ComponentModel.DataAnnotations;
using MLNetDebug.Data;

namespace MLNetDebug.Predictions;

/// <summary>Options of MLD404.</summary>
public sealed record DeadModelOptions : RuleOptions
{
    /// <summary>
    /// Scores whose spread over the rows, relative to the largest absolute score, is at most this are one answer for every row, 0 to 0.001. Default 0.000001: what
    /// rounding to 24 bits leaves.
    /// </summary>
    [Range(0.0, 0.001)]
    public double ConstantSpread { get; init; } = 1e-6;

    /// <summary>Rows that are needed to say that a model answers every row alike, at least 2. Default 20.</summary>
    [Range(2, int.MaxValue)]
    public int MinimumRows { get; init; } = 20;

    /// <summary>Share of the constant answer's loss that a model should save on the rows it was trained on, 0 to 1; below it the finding is Info. Default 0.01.</summary>
    [Range(0.0, 1.0)]
    public double LeastGain { get; init; } = 0.01;
}

/// <summary>
/// Finds models that say nothing: parameters or scores that are not finite, one answer for every row, or answers worse than a constant. Evaluators skip a NaN score, so
/// that such a model looks perfect.
/// </summary>
internal sealed class DeadModel(DeadModelOptions? options = null) : Rule<ModelProfile>
{
    private readonly DeadModelOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.DeadModel, nameof(RuleIds.DeadModel), "The model is dead: not finite, or one answer for every row.",
        RuleCategory.Validation, Severity.Error, ProofKind.Fact);

    public override RuleOptions Options => _options;

    protected override void Judge(ModelProfile measured, FindingSink sink)
    {
        var place = new Subject(SubjectKind.Model, measured.Name);
        if (measured.Parameters is { NonFinite: > 0 } parameters)
            sink.Report(DeadModelDrafts.OfParameters(place, measured, parameters));
        else if (measured.Predictions is { } predictions)
            JudgeScores(place, measured, predictions, sink);
        if (measured.Parameters is null && measured.Predictions is null)
            sink.NotChecked(place, "neither its parameters nor its scores could be read");
    }

    private void JudgeScores(Subject place, ModelProfile model, PredictionProfile predictions, FindingSink sink)
    {
        var scores = predictions.Scores;
        var blamed = scores.NonFinite - scores.NonFiniteFeatures;
        // A model that answers no row at all is dead, whatever the rows hold.
        if (blamed > 0 && blamed < predictions.Rows && model.IsHeldOut && predictions.Columns.Features.Count == 0)
            sink.NotChecked(place, $"whether {Words.Count(blamed, "score")} that {(blamed == 1 ? "is" : "are")} not finite come from the model or from features: no feature column is known");
        else if (blamed > 0)
            sink.Report(DeadModelDrafts.OfScores(place, model, predictions, blamed));
        else if (predictions.Rows - scores.NonFinite < _options.MinimumRows)
            sink.NotChecked(place, $"whether it answers every row alike: {Words.Count(predictions.Rows - scores.NonFinite, "scored row")} cannot tell", _options.MinimumRows);
        else if (scores.RelativeSpread <= _options.ConstantSpread && LabelsVary(predictions))
            sink.Report(DeadModelDrafts.OfConstant(place, model, predictions, _options.ConstantSpread));
        else if (predictions.Baseline is { } baseline && baseline.High < _options.LeastGain && !model.IsConstantByDesign && !model.IsHeldOut)
            sink.Report(DeadModelDrafts.OfBaseline(place, model, baseline, _options.LeastGain));
    }

    /// <summary>Where all rows have the same answer, one answer for every row is right.</summary>
    private static bool LabelsVary(PredictionProfile predictions) =>
        predictions.Classes.Count > 0 ? predictions.Classes.Count(c => c.Rows > 0) > 1
            : predictions.Baseline is not { } baseline || baseline.Constant > 0;
}
