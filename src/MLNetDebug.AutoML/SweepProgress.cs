using MLNetDebug.AutoML.Studies;

namespace MLNetDebug.AutoML;

/// <summary>Where a sweep stands.</summary>
/// <param name="Study">The study's name.</param>
/// <param name="Stage">What is being done: <c>range tests</c>, <c>search</c>, <c>arms</c>, <c>confirmation</c> or <c>done</c>.</param>
/// <param name="Metric">What trials are compared by.</param>
/// <param name="Trials">All trials so far, of all workers.</param>
/// <param name="Best">The best completed trial of the search so far; null where there is none.</param>
/// <param name="Elapsed">Time since the study was created.</param>
/// <param name="Left">How long it will still take, as estimated; null where nothing can be said.</param>
public sealed record SweepProgress(
    string Study, string Stage, SweepMetric Metric, IReadOnlyList<TrialRecord> Trials, TrialRecord? Best, TimeSpan Elapsed, TimeSpan? Left)
{
    /// <summary>The texts of choices.</summary>
    internal ChoiceTexts Choices { get; init; } = ChoiceTexts.None;

    /// <summary>The chosen text of a <see cref="ChoiceOption"/>.</summary>
    /// <param name="plan">A trial of the study, as it was asked.</param>
    /// <param name="name">The option's name.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="KeyNotFoundException">The study has no such choice, or the trial has no value of it.</exception>
    public string Choice(TrialPlan plan, string name) => Choices.Of(plan, name);
}
