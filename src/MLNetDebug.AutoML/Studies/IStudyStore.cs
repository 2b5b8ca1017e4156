using MLNetDebug.AutoML.Studies;

namespace MLNetDebug.AutoML;

/// <summary>What a study is: a store hands it back as it was created.</summary>
/// <param name="Name">The study's name, 1 to 200 characters.</param>
/// <param name="Settings">All that trials depend on, as canonical JSON: who opens a study with other settings is refused.</param>
public sealed record StudyDefinition(string Name, string Settings);

/// <summary>A study at one moment.</summary>
/// <param name="Definition">What it is.</param>
/// <param name="Created">When it was created, by the store's clock.</param>
/// <param name="Now">The moment, by the store's clock.</param>
/// <param name="Trials">All trials; each stands at its number, and no number is left out.</param>
public sealed record StudySnapshot(StudyDefinition Definition, DateTimeOffset Created, DateTimeOffset Now, IReadOnlyList<TrialRecord> Trials)
{
    /// <summary>The chosen text of a <see cref="ChoiceOption"/>.</summary>
    /// <param name="plan">A trial of this study, as it was asked.</param>
    /// <param name="name">The option's name.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="KeyNotFoundException">The study's settings have no such choice, or the trial has no value of it.</exception>
    public string Choice(TrialPlan plan, string name) => ChoiceTexts.Of(Definition).Of(plan, name);
}

/// <summary>
/// Keeps studies: what a call has taken is there after the process dies at once. Several processes may work on one study; each call is one transaction. Calls are short, and may come from several threads
/// of a process.
/// </summary>
public interface IStudyStore : IDisposable
{
    /// <summary>Creates a study, or finds it as it was created with the same settings.</summary>
    /// <param name="definition">The study.</param>
    /// <exception cref="ArgumentException">The store has a study of that name with other settings; the message says which differ. Or the name is empty or too long.</exception>
    void Open(StudyDefinition definition);

    /// <summary>The names of all studies, in the order of their creation.</summary>
    /// <returns>The names.</returns>
    IReadOnlyList<string> Studies();

    /// <summary>A study as it stands, in one consistent reading.</summary>
    /// <param name="study">Its name.</param>
    /// <returns>The study.</returns>
    /// <exception cref="KeyNotFoundException">There is no such study; the message names those there are.</exception>
    StudySnapshot Read(string study);

    /// <summary>All events of a study, in order.</summary>
    /// <param name="study">Its name.</param>
    /// <returns>The events.</returns>
    /// <exception cref="KeyNotFoundException">There is no such study.</exception>
    IReadOnlyList<TrialEvent> Events(string study);

    /// <summary>Adds a trial and gives it to a worker, if its number is the next.</summary>
    /// <param name="study">The study.</param>
    /// <param name="plan">The trial.</param>
    /// <param name="worker">The worker.</param>
    /// <returns>The claim; null where another worker was faster: read the study again.</returns>
    /// <exception cref="KeyNotFoundException">There is no such study.</exception>
    TrialClaim? TryAdd(string study, TrialPlan plan, string worker);

    /// <summary>Gives a worker the first running trial that was given back, or whose worker has not been heard of for some time.</summary>
    /// <param name="study">The study.</param>
    /// <param name="worker">The worker.</param>
    /// <param name="expiry">How long a worker may be silent.</param>
    /// <returns>The claim, its attempt one higher, its points taken away from the record (the events keep them); null where there is no such trial.</returns>
    /// <exception cref="KeyNotFoundException">There is no such study.</exception>
    TrialClaim? TryTakeOver(string study, string worker, TimeSpan expiry);

    /// <summary>Says that a worker is alive.</summary>
    /// <param name="claim">Its claim.</param>
    /// <returns>False where the claim is lost: another worker has the trial, or it has ended.</returns>
    bool Beat(TrialClaim claim);

    /// <summary>Adds a point to a trial's learning curve; it counts as a sign of life.</summary>
    /// <param name="claim">The worker's claim.</param>
    /// <param name="point">The point.</param>
    /// <returns>False where the claim is lost; nothing is written then.</returns>
    bool Report(TrialClaim claim, TrialPoint point);

    /// <summary>Ends a trial.</summary>
    /// <param name="claim">The worker's claim.</param>
    /// <param name="end">How it ended.</param>
    /// <returns>False where the claim is lost; nothing is written then.</returns>
    bool Finish(TrialClaim claim, TrialEnd end);

    /// <summary>Gives a trial back before its end: the next take-over gets it at once, and this attempt is none of its <see cref="TrialClaim.Deaths"/>. The claim is lost from then on.</summary>
    /// <param name="claim">The worker's claim.</param>
    /// <returns>False where the claim was lost before; nothing is written then.</returns>
    bool Release(TrialClaim claim);
}
