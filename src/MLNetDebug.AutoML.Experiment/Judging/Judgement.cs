namespace MLNetDebug.AutoML.Experiment;

/// <summary>What was found of a trial's model.</summary>
/// <param name="Report">The findings, and what could not be checked.</param>
/// <param name="Dead">Why the model must not win, in a sentence; null where it lives.</param>
internal sealed record Judgement(DiagnosticReport Report, string? Dead);
