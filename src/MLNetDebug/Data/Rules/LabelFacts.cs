namespace MLNetDebug.Data;

/// <summary>What several label rules ask of a profile.</summary>
internal static class LabelFacts
{
    /// <summary>The subject of a finding about the label.</summary>
    public static Subject Subject(LabelProfile label, IReadOnlyList<long>? rows = null) => new(SubjectKind.Label, label.Name) { Rows = rows ?? [] };

    /// <summary>Rows with a finite label.</summary>
    public static long Labelled(LabelProfile label) => label.Count - label.Missing - label.Infinite;

    /// <summary>Whether classes are to be learned: as declared, or where nothing is declared as the label looks.</summary>
    public static bool IsClassification(DataProfile data) => data.Declaration.Task switch
    {
        LearningTask.BinaryClassification or LearningTask.MulticlassClassification => true,
        LearningTask.Unknown => data.Label?.Order?.IsClassification == true,
        _ => false,
    };

    /// <summary>True where the trainer is one of ML.NET's kinds, whose demands are known.</summary>
    public static bool HasKnownTrainer(DataProfile data) =>
        data.Declaration.Trainer is { Family: not (TrainerFamily.Unknown or TrainerFamily.Other) };

    /// <summary>The trainer's name, or what stands for it.</summary>
    public static string Trainer(DataProfile data) => HasKnownTrainer(data) ? data.Declaration.Trainer!.Name : "the trainer";

    /// <summary>The task as messages name it.</summary>
    public static string Name(LearningTask task) => task switch
    {
        LearningTask.BinaryClassification => "binary classification",
        LearningTask.MulticlassClassification => "multiclass classification",
        LearningTask.Regression => "regression",
        LearningTask.Ranking => "ranking",
        _ => "an unknown task",
    };
}
