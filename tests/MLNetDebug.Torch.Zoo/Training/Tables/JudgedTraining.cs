namespace MLNetDebug.Torch.Zoo.Training.Tables;

/// <summary>One seed of a sick program and of its twin, judged.</summary>
/// <param name="Program">The program.</param>
/// <param name="IsFound">The expected rule found something.</param>
/// <param name="IsAtPlace">It named a right place.</param>
/// <param name="IsTwinFlagged">It found something on the twin.</param>
/// <param name="Metrics">The held-out metrics of both.</param>
internal sealed record JudgedTraining(TrainingProgram Program, bool IsFound, bool IsAtPlace, bool IsTwinFlagged, (double Sick, double Twin) Metrics)
{
    /// <summary>True where the program harms.</summary>
    public bool IsSick { get; init; } = true;
}
