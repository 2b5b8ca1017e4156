using MLNetDebug.Data;

namespace MLNetDebug.Guards;

/// <summary>A label value that the trainer cannot take.</summary>
internal static class LabelFailure
{
    public static FitFailure? Read(FailureContext context)
    {
        if (!context.Says("non-negative label"))
            return null;
        var label = context.Data?.Label;
        var name = label?.Name ?? context.Declaration.Label ?? "Label";
        return new FitFailure(context.Error.Message)
        {
            Cause = $"The target '{name}' holds {(label is null ? "a negative value" : Words.Count(label.Negative, "negative value"))}; {context.Run.Trainer} models counts, which are 0 or more.",
            Subject = new Subject(SubjectKind.Label, name),
            Evidence = label is null ? [] : [new Evidence("negative labels", label.Negative) { Threshold = 0, Unit = "rows" }],
            Advice = [new Advice("Use a trainer of real targets, or mend the label.", "ml.Regression.Trainers.LbfgsPoissonRegression -> ml.Regression.Trainers.Sdca")],
        };
    }
}
