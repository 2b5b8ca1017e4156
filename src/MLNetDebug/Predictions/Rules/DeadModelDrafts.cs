using MLNetDebug.Data;
using MLNetDebug.Guards;

namespace MLNetDebug.Predictions;

/// <summary>What MLD404 says.</summary>
internal static class DeadModelDrafts
{
    /// <summary>A hundred times the largest default of ML.NET's trainers.</summary>
    private const double HugePenalty = 100;

    /// <summary>A weight that no feature of about unit scale makes itself felt through.</summary>
    private const double TinyWeight = 0.001;

    private static readonly Advice Unscaled = new(
        "Features on far larger scales than the others, or far from unit scale, overflow a linear trainer's sums: normalise them.",
        ".Append(ml.Transforms.NormalizeMeanVariance(\"Features\", fixZero: false)) // before the trainer");

    private static readonly Advice Network = new(
        "One missing label or one far too large step makes every weight NaN: check the labels, and train with a tenth of the learning rate.");

    public static FindingDraft OfParameters(Subject place, ModelProfile model, ParameterProfile parameters)
    {
        ParameterTensor[] sick = [.. parameters.NonFiniteTensors];
        return new FindingDraft(
            place,
            $"{Words.Number(parameters.NonFinite)} of {Words.Count(parameters.Count, "parameter")} of {model.Name} are NaN or infinite, in {Words.Number(sick.Length)} of " +
            $"{Words.Count(parameters.Tensors.Count, "tensor")} (read from its {parameters.Source}); first {Words.Names([.. sick.Select(t => $"'{t.Name}'")])}. Whatever it is asked, the answer is NaN, " +
            "and evaluators skip NaN: its metrics look perfect.")
        {
            Evidence =
            [
                new Evidence("parameters that are not finite", parameters.NonFinite) { Threshold = 0, Unit = "values" },
                new Evidence("tensors that hold one", sick.Length) { Threshold = 0, Unit = "tensors" },
            ],
            Advice = [Network],
        };
    }

    public static FindingDraft OfScores(Subject place, ModelProfile model, PredictionProfile predictions, long blamed)
    {
        var others = predictions.Scores.NonFiniteFeatures;
        return new FindingDraft(
            place with { Rows = predictions.Scores.NonFiniteRows },
            $"{Words.Number(blamed)} of {Words.Count(predictions.Rows, "row")} of the {predictions.Name} get a score of {model.Name} that is NaN or infinite, though " +
            $"{(predictions.Columns.Features.Count > 0 ? "every feature of theirs is finite" : "nothing is known to be wrong with them")}; first {Words.Rows(predictions.Scores.NonFiniteRows)}." +
            $"{(others > 0 ? $" {Words.Count(others, "further row")} with a feature that is not finite {(others == 1 ? "is" : "are")} not counted." : string.Empty)} " +
            "Evaluators skip such rows, so that metrics say nothing of them.")
        {
            Evidence = [new Evidence("scores that are not finite", blamed) { Threshold = 0, Unit = "rows" }],
            Advice = [Unscaled, Network],
        };
    }

    public static FindingDraft OfConstant(Subject place, ModelProfile model, PredictionProfile predictions, double limit)
    {
        var (low, high) = (Words.Number(predictions.Scores.Min), Words.Number(predictions.Scores.Max));
        var penalty = PenaltyOf(model);
        var why = model.IsConstantByDesign ? ". This trainer is meant to: it is a baseline, not a model."
            : model.EndedEarly is { } early ? $": its training was ended early, {early}."
            : penalty is { } named ? $": its {named.Name} of {Words.Number(named.Value)} leaves no weight above {Words.Number(Largest(model))}."
            : model.Parameters is { IsZero: true } ? ", all its weights are 0." : ".";
        return new FindingDraft(
            place,
            $"{model.Name} gives every one of {Words.Count(predictions.Rows - predictions.Scores.NonFinite, "row")} of the {predictions.Name} the same answer " +
            $"({(predictions.Scores.Max > predictions.Scores.Min ? $"scores from {low} to {high}" : $"score {low}")}), though their labels differ: it has learned nothing{why}")
        {
            Severity = model.IsConstantByDesign ? Severity.Info : null,
            Evidence =
            [
                new Evidence("spread of the scores over their size", predictions.Scores.RelativeSpread) { Threshold = limit },
                new Evidence("rows scored", predictions.Rows) { Unit = "rows" },
                .. penalty is { } value ? [new Evidence(value.Name, value.Value)] : Array.Empty<Evidence>(),
            ],
            Advice = model.IsConstantByDesign ? []
                : model.EndedEarly is not null ? [new Advice("Give training more time or passes, or train on fewer rows.", "new GuardOptions { TimeBudget = ... }")]
                : penalty is { } large ? [new Advice("Lower the penalty: ML.NET's defaults are 1 and less.", $"{large.Name} = 0.01f")]
                : [Unscaled, new Advice("Features that do not vary, a regularisation that forbids every weight, or a learning rate of next to 0 give the same: look at what the report says of the data.")],
        };
    }

    /// <summary>What keeps every weight at 0: an L1 penalty, which alone makes weights exactly 0; or another so large that hardly anything is left.</summary>
    private static NamedValue? PenaltyOf(ModelProfile model)
    {
        if (model.Parameters is null)
            return null;
        var largest = Largest(model);
        return model.Penalties.Where(p => p.Name.StartsWith("L1", StringComparison.Ordinal) ? largest == 0 : p.Value >= HugePenalty && largest <= TinyWeight).Select(p => (NamedValue?)p).FirstOrDefault();
    }

    /// <summary>The largest weight; biases are not penalised.</summary>
    private static double Largest(ModelProfile model) =>
        model.Parameters!.Tensors.Where(t => !t.Name.Contains("bias", StringComparison.Ordinal)).Select(t => t.MaxAbsolute).DefaultIfEmpty(0).Max();

    public static FindingDraft OfBaseline(Subject place, ModelProfile model, BaselineComparison baseline, double least)
    {
        var worse = baseline.High < 0;
        return new FindingDraft(
            place,
            $"On {Words.Count(baseline.Rows, "row")} it was trained on, {model.Name} is {(worse ? "worse than" : "no better than")} one answer for every row: {baseline.Loss} " +
            $"{Words.Number(baseline.Model)} against {Words.Number(baseline.Constant)}, a gain of {Words.Percent(baseline.Gain)} (99.9 % interval {Words.Percent(baseline.Low)} to {Words.Percent(baseline.High)}).")
        {
            // An estimate, however sure: facts alone are errors.
            Severity = worse ? Severity.Warning : Severity.Info,
            Confidence = Confidence.Suspected,
            Evidence = [new Evidence("gain over a constant answer, upper end", baseline.High) { Threshold = least, Unit = "share of the loss" }],
            Advice = [Unscaled, new Advice("Train longer, with another learning rate, or check that the label belongs to these rows.")],
        };
    }
}
