using MLNetDebug.Data;
using MLNetDebug.Pipeline;
using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Data;
using MLNetDebug.Zoo.Faults;
using MLNetDebug.Zoo.Networks;

namespace MLNetDebug.Zoo.Programs;

/// <summary>A base with at most one fault, and what shall be said of it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Base">The base's id.</param>
/// <param name="Fault">The fault; null for a healthy program.</param>
/// <param name="Notes">Which of the twenty notes it stands for.</param>
/// <param name="ExpectedRule">The rule that shall find it.</param>
/// <param name="ExpectedPlace">Where; an empty name or an absent slot matches any.</param>
/// <param name="Split">The base's split.</param>
internal sealed record ZooProgram(
    string Id, string Base, Fault? Fault, int[] Notes, string ExpectedRule, Subject ExpectedPlace, Split Split)
{
    /// <summary>The trainer every run names; null where it goes round by seed (never trees or L-BFGS, which some faults do not harm).</summary>
    public TrainerTraits? Trainer { get; init; }

    /// <summary>The command whose table prints the program: <c>data</c> or <c>guard</c>.</summary>
    public string Table { get; init; } = "data";

    /// <summary>The network that learns the program's cases, where one does.</summary>
    public ClosedTrainerKind NetworkKind { get; init; }

    /// <summary>How a case is judged; as data, before any training, where nothing else is said.</summary>
    public Func<ZooCase, DiagnosticReport> Diagnose { get; init; } = c => Diagnosis.Run(c);

    /// <summary>The healthy case of a seed.</summary>
    public ZooCase Twin(int seed)
    {
        TrainerTraits?[] round = [null, ZooTrainers.Perceptron, ZooTrainers.Sdca];
        return ZooCases.Healthy(ZooBases.Named(Base), seed, Trainer ?? round[seed % round.Length]) with { Network = new NetworkSetup(NetworkKind) };
    }

    /// <summary>The damaged case of a seed.</summary>
    public ZooCase Sick(int seed) => Fault is null ? Twin(seed) : Fault.Apply(Twin(seed), new ZooRandom(seed, Id));

    /// <summary>True where the report names the rule at the place, folded or not.</summary>
    public bool IsFound(DiagnosticReport report) => report.Of(ExpectedRule).Any(f => Matches(ExpectedPlace, f.Subject));

    /// <summary>True where the place found is the place expected.</summary>
    public static bool Matches(Subject expected, Subject found) =>
        expected.Kind == found.Kind
        && (expected.Name.Length == 0 || expected.Name == found.Name)
        && (expected.Slot is null || expected.Slot == found.Slot);
}
