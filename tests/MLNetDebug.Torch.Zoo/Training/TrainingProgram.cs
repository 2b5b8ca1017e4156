using MLNetDebug.Torch.Zoo.Data;
using MLNetDebug.Torch.Zoo.Training.Faults;
using MLNetDebug.Zoo.Bases;

namespace MLNetDebug.Torch.Zoo.Training;

/// <summary>A training plan on a base with at most one fault, and what shall be said of it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Base">The base's id.</param>
/// <param name="Plan">The healthy plan.</param>
/// <param name="Fault">The fault; null for a healthy program.</param>
/// <param name="Notes">Which of the twenty notes it stands for.</param>
/// <param name="ExpectedRule">The rule that shall find it; empty for a healthy program.</param>
/// <param name="ExpectedPlaces">The right places: a kind of <see cref="TrainingPlaces"/>, or the path of a module.</param>
/// <param name="Split">The base's split.</param>
internal sealed record TrainingProgram(
    string Id, string Base, TrainingPlan Plan, TrainingFault? Fault, int[] Notes, string ExpectedRule, string[] ExpectedPlaces, Split Split)
{
    /// <summary>The step at which it happens; null where it has none of its own.</summary>
    public long? ExpectedStep { get; init; }

    /// <summary>A healthy program.</summary>
    public static TrainingProgram Healthy(TrainingPlan plan, string of) =>
        new($"{plan.Network.Architecture}-{of}", of, plan, null, [], "", [], NetworkBases.Named(of).Split);

    /// <summary>The healthy run of a seed.</summary>
    public TrainingOutcome Twin(int seed, TrainingGuardOptions options) => TrainingRun.Of(Plan, NetworkBases.Named(Base), seed, options);

    /// <summary>The damaged run of a seed.</summary>
    public TrainingOutcome Sick(int seed, TrainingGuardOptions options) => TrainingRun.Of(Fault!.Apply(Plan), NetworkBases.Named(Base), seed, options);

    /// <summary>True where a finding of the expected rule names a right place, and the step where it has one.</summary>
    public bool IsAtPlace(DiagnosticReport report) => report.Of(ExpectedRule).Any(f =>
        ExpectedPlaces.Any(p => TrainingPlaces.Is(p, f.Subject)) && (ExpectedStep is not { } step || f.Subject.Step == step));
}
