using MLNetDebug.AutoML.Export;

namespace MLNetDebug.AutoML;

/// <summary>Writes a study for other programs.</summary>
public static class StudyExport
{
    /// <summary>
    /// Writes all of a study as one JSON object of schema <c>mlnetdebug/study/0</c>: trials with their points, findings and brackets, and events. A number that is not finite is <c>null</c>; of a
    /// <see cref="ChoiceOption"/> the chosen text is written, or its number where the study's settings name no text.
    /// </summary>
    /// <param name="study">The study, as <see cref="IStudyStore.Read"/> gives it.</param>
    /// <param name="events">Its events, as <see cref="IStudyStore.Events"/> gives them; empty to leave them out.</param>
    /// <param name="destination">Where UTF-8 is written; it stays open.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static void WriteJson(StudySnapshot study, IReadOnlyList<TrialEvent> events, Stream destination)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(destination);
        JsonStudy.Write(study, events, destination);
    }

    /// <summary>
    /// Writes the trials of a study as comma-separated values (RFC 4180), one line for each, below a line of names. Columns of parameters are named <c>params_</c> and their name; of a <see cref="ChoiceOption"/> they hold the chosen text, or its number where the study's settings name no text. Other numbers are written as in C#, times as
    /// in ISO 8601; what is not there or not finite is an empty cell. A text that a spreadsheet would take for a formula has an apostrophe before it.
    /// </summary>
    /// <param name="study">The study, as <see cref="IStudyStore.Read"/> gives it.</param>
    /// <param name="destination">Where it is written; it stays open.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static void WriteCsv(StudySnapshot study, TextWriter destination)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(destination);
        CsvStudy.Write(study, destination);
    }
}
