using MLNetDebug.AutoML;
using MLNetDebug.AutoML.Pipelines;
using MLNetDebug.AutoML.Search;
using MLNetDebug.AutoML.Spaces;
using MLNetDebug.AutoML.Studies;
using MLNetDebug.Pipeline;

namespace Microsoft.ML;

/// <summary>The guarded sweep.</summary>
public static class SweepExtensions
{
    private const string DefaultFile = "mlnetdebug-studies.db";

    /// <summary>
    /// Searches for the best learning rate, batch size and further options: nothing is spent on trials that are doomed, no dead model is crowned, and what was finished is kept when the process dies. Range
    /// tests bracket the rates (where the options have a probe), a Gaussian process proposes trials, successive halving and the trials' own guards end those that cannot win, and the two best are trained again
    /// over seeds.
    /// </summary>
    /// <param name="diagnostics">The catalogue.</param>
    /// <param name="body">Trains one trial.</param>
    /// <param name="options">What is searched and how.</param>
    /// <param name="cancellationToken">Ends the sweep; what was finished is kept, and a sweep of the same study goes on from there.</param>
    /// <returns>The winner with its interval, the map of trials, the effect of the batch size.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">An option is wrong (all errors are in one message), or the study was begun with other settings.</exception>
    /// <exception cref="InvalidOperationException">The study's store cannot be used.</exception>
    /// <exception cref="IOException">The study's file or database cannot be reached, written or locked in time.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <example>
    /// <code>
    /// var result = await ml.Diagnostics().Sweep((trial, token) => Task.FromResult(new TrialOutcome(Train(trial.LearningRate, trial.BatchSize))), new() { Metric = SweepMetric.Accuracy });
    /// Console.WriteLine(result);
    /// </code>
    /// </example>
    public static async Task<SweepResult> Sweep(this DiagnosticsCatalog diagnostics, TrialBody body, SweepOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(options);
        SweepOptionsChecks.ThrowIfInvalid(options);
        using var own = options.Store is null ? new SqliteStudyStore(DefaultFile) : null;
        var store = options.Store ?? own!;
        var name = options.Study ?? FormattableString.Invariant($"sweep {DateTime.UtcNow:yyyy-MM-dd HH:mm:ss} {Guid.NewGuid():N}");
        store.Open(new StudyDefinition(name, StudySettings.Of(options)));
        var worker = options.Worker ?? FormattableString.Invariant($"{Environment.MachineName}/{Environment.ProcessId}");
        // Bodies that never wait would keep the caller from its task.
        return await Task.Run(() => new SweepRunner(body, options, store, name, worker).RunAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>As above, for a pipeline of ML.NET's own trainers: each trial is fitted under guard, and evaluated on rows that it has not seen.</summary>
    /// <param name="diagnostics">The catalogue.</param>
    /// <param name="train">Rows to fit on.</param>
    /// <param name="validation">Rows that trials are compared by.</param>
    /// <param name="pipeline">Makes a trial's pipeline with its rate and its other options, once before the first trial to see what it asks for; its last trainer is put under guard where it is under none.</param>
    /// <param name="options">
    /// What is searched and how; the metric by the name of ML.NET's property, such as <c>MicroAccuracy</c>. Most of ML.NET's trainers have no batch size: then the space is to have none. What is searched and
    /// not asked for by <paramref name="pipeline"/> is refused, unless the space has a <see cref="ChoiceOption"/>, which may decide on it.
    /// </param>
    /// <param name="trials">How trials are guarded and evaluated; null for the defaults.</param>
    /// <param name="test">Rows that nothing is chosen by; null for none: then the effect of the batch size is not measured.</param>
    /// <param name="cancellationToken">Ends the sweep, and the trial under way within a row where its trainer can be. So does the token of the guard's options.</param>
    /// <inheritdoc cref="Sweep(DiagnosticsCatalog, TrialBody, SweepOptions, CancellationToken)"/>
    public static Task<SweepResult> Sweep(
        this DiagnosticsCatalog diagnostics, IDataView train, IDataView validation, Func<TrialContext, IEstimator<ITransformer>> pipeline, SweepOptions options,
        PipelineTrialOptions? trials = null, IDataView? test = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(validation);
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(options);
        trials ??= new();
        MLNetDebug.OptionsValidation.ThrowIfInvalid(trials);
        SweepOptionsChecks.ThrowIfInvalid(options);
        MetricDirection.ThrowIfWrong(options.Metric);
        UnreadParameters.ThrowIfAny(pipeline, options);
        var trial = new PipelineTrial(new MLContext(options.Seed), train, validation, test, pipeline, trials, options.Metric);
        // Arms are read on test rows alone.
        var whole = options with { CompareBatchSizes = options.CompareBatchSizes && test is not null };
        return Linked();

        // A guard's token that is cancelled ends the sweep: else it would end one trial after the other.
        async Task<SweepResult> Linked()
        {
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, trials.Guard.CancellationToken);
            return await diagnostics.Sweep(trial.RunAsync, whole, both.Token).ConfigureAwait(false);
        }
    }
}
