namespace MLNetDebug.Torch.Zoo.Training;

/// <summary>The places of a training run that are no modules.</summary>
internal static class TrainingPlaces
{
    /// <summary>The run, or the network as a whole.</summary>
    public const string Run = "<run>";

    /// <summary>The optimizer.</summary>
    public const string Optimizer = "<optimizer>";

    /// <summary>The batches.</summary>
    public const string Batches = "<batches>";

    /// <summary>True where a finding's subject is at a place.</summary>
    public static bool Is(string place, Subject subject) => place switch
    {
        Run => subject.Kind is SubjectKind.Run or SubjectKind.Model,
        Optimizer => subject.Kind == SubjectKind.Trainer,
        Batches => subject.Kind == SubjectKind.DataSet,
        _ => subject.Kind == SubjectKind.Layer && subject.Name == place,
    };
}
