using MLNetDebug.Torch.Zoo.Data;
using MLNetDebug.Torch.Zoo.Faults;
using MLNetDebug.Zoo.Bases;

namespace MLNetDebug.Torch.Zoo.Programs;

/// <summary>A plan on a base with at most one fault, and what shall be said of it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Base">The base's id.</param>
/// <param name="Plan">The healthy plan.</param>
/// <param name="Fault">The fault; null for a healthy program.</param>
/// <param name="Notes">Which of the twenty notes it stands for.</param>
/// <param name="ExpectedRule">The rule that shall find it; empty for a healthy program.</param>
/// <param name="ExpectedPlaces">Names of subjects any of which is the right place.</param>
/// <param name="Split">The base's split.</param>
internal sealed record NetworkProgram(
    string Id, string Base, NetworkPlan Plan, NetworkFault? Fault, int[] Notes, string ExpectedRule, string[] ExpectedPlaces, Split Split)
{
    /// <summary>True where the fault is a fact that no training gets over, though its rule is not always one.</summary>
    public bool IsFact { get; init; }

    /// <summary>A healthy program.</summary>
    public static NetworkProgram Healthy(NetworkPlan plan, string of) => new($"{plan.Architecture}-{of}", of, plan, null, [], "", [], NetworkBases.Named(of).Split);

    /// <summary>The healthy run of a seed.</summary>
    public NetworkRun Twin(int seed) => new(Plan, NetworkBases.Named(Base), seed);

    /// <summary>The damaged run of a seed.</summary>
    public NetworkRun Sick(int seed) => new(Fault!.Apply(Plan), NetworkBases.Named(Base), seed);

    /// <summary>True where a finding of the expected rule names a right place.</summary>
    public bool IsAtPlace(DiagnosticReport report) => report.Of(ExpectedRule).Any(f => ExpectedPlaces.Contains(f.Subject.Name));
}
