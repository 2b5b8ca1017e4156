using System.Diagnostics;
using Microsoft.ML;
using MLNetDebug.Data;

namespace MLNetDebug.Predictions;

/// <summary>Profiles what a model said: one pass over scored rows with one cursor, in memory that does not grow with the rows.</summary>
public sealed class PredictionProfiler
{
    private const long ProgressRows = 1 << 16;
    private const int RowsPerCheck = 256;

    private readonly PredictionProfilerOptions _options;

    /// <summary>Creates a profiler.</summary>
    /// <param name="options">How far to read; null for every row.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public PredictionProfiler(PredictionProfilerOptions? options = null)
    {
        _options = options ?? new PredictionProfilerOptions();
        OptionsValidation.ThrowIfInvalid(_options);
    }

    /// <summary>Profiles scored rows.</summary>
    /// <param name="scored">The rows, with the columns a fitted model wrote.</param>
    /// <param name="columns">
    /// Which column is what. A label of NaN or key 0 is missing. Two classes: a label that is Boolean, a key of two, or a number (above 0 is the second class), a
    /// score of one Single. Several: a label that is a key, scores that are a vector of Single, dense or sparse. Regression: numbers. Ranking: only scores are looked at.
    /// </param>
    /// <param name="task">What the model learned.</param>
    /// <param name="name">What the rows are called in messages.</param>
    /// <param name="progress">Told of the rows done, about every 65,536.</param>
    /// <param name="cancellationToken">Ends the pass within 256 rows.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">A column is absent or does not fit the task; the message says what was expected.</exception>
    /// <exception cref="InvalidOperationException">A row could not be read; the message says which row and column.</exception>
    /// <exception cref="OperationCanceledException">The pass was cancelled.</exception>
    public PredictionProfile Profile(
        IDataView scored,
        PredictionColumns columns,
        LearningTask task,
        string name = "scored data",
        IProgress<DiagnosticsProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scored);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(name);
        cancellationToken.ThrowIfCancellationRequested();
        using var rows = new ViewRows(scored, columns, task, name);
        return Profile(rows, name, progress, cancellationToken);
    }

    /// <summary>Profiles predictions that stand in arrays.</summary>
    /// <exception cref="ArgumentException">The arrays do not fit each other.</exception>
    internal PredictionProfile Profile(PredictionArrays predictions, string name = "scored data") =>
        Profile(new ArrayRows(predictions), name, null, CancellationToken.None);

    private PredictionProfile Profile(ScoredRows rows, string name, IProgress<DiagnosticsProgress>? progress, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var accumulator = new PredictionAccumulator(rows);
        var row = new ScoredRow(rows.Layout.Width);
        var endedEarly = false;
        while (true)
        {
            if (accumulator.Rows % RowsPerCheck == 0)
                cancellationToken.ThrowIfCancellationRequested();
            var outOfTime = accumulator.Rows > 0 && accumulator.Rows % RowsPerCheck == 0 && _options.TimeBudget is { } budget && Stopwatch.GetElapsedTime(started) > budget;
            // Whether anything was left out shows only in the next row.
            if (!rows.Read(row))
                break;
            if (accumulator.Rows == _options.MaxRows || outOfTime)
            {
                endedEarly = true;
                break;
            }

            accumulator.Add(row);
            if (accumulator.Rows % ProgressRows == 0)
                progress?.Report(new DiagnosticsProgress("predictions", accumulator.Rows, null));
        }

        progress?.Report(new DiagnosticsProgress("predictions", accumulator.Rows, null));
        return accumulator.ToProfile(name, endedEarly, _options.MeasuresCalibration);
    }
}
