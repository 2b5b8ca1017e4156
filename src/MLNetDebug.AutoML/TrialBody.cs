namespace MLNetDebug.AutoML;

/// <summary>Trains and evaluates one trial.</summary>
/// <param name="trial">What to train with, and where to report how it goes.</param>
/// <param name="cancellationToken">Is cancelled where the sweep ends.</param>
/// <returns>What came out. A metric that is not finite is a failed trial, and so is an exception.</returns>
public delegate Task<TrialOutcome> TrialBody(TrialContext trial, CancellationToken cancellationToken);
