namespace MLNetDebug.AutoML;

/// <summary>Trains and evaluates one trial.</summary>
/// <param name="trial">What to train with, and where to report how it goes.</param>
/// <param name="cancellationToken">
/// Is cancelled where the sweep ends, and where another worker has taken the trial over. A body that ends early for it must throw, as <see cref="CancellationToken.ThrowIfCancellationRequested"/> does: what it returns
/// is taken for a trial that was trained to its end. Once the sweep is cancelled, an outcome counts only where as many epochs were reported as were asked for.
/// </param>
/// <returns>What came out. A metric that is not finite is a failed trial, and so is an exception.</returns>
public delegate Task<TrialOutcome> TrialBody(TrialContext trial, CancellationToken cancellationToken);
