using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;

namespace MLNetDebug.Pipeline;

/// <summary>Checks of data that need no pipeline; reached by <c>ml.Diagnostics()</c>.</summary>
public sealed class DiagnosticsCatalog
{
    private readonly MLContext _context;

    internal DiagnosticsCatalog(MLContext context) => _context = context;

    /// <summary>Checks training data, and hold-out data beside it, as a fitted stage would. Findings do not throw, unless <see cref="DiagnosticsOptions.FailOn"/> is set; where no sinks are set they go to <see cref="MLContext.Log"/>.</summary>
    /// <param name="train">The data that will be trained on.</param>
    /// <param name="test">The hold-out data; null for none. Default: <see cref="DiagnosticsOptions.HoldOut"/>.</param>
    /// <param name="options">What to check; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the check early.</param>
    /// <returns>The report.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="train"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is wrong, or names a column that the data lacks.</exception>
    /// <exception cref="DiagnosticException">A finding reaches <see cref="DiagnosticsOptions.FailOn"/>, where that was set.</exception>
    /// <exception cref="OperationCanceledException">A token was cancelled.</exception>
    public DiagnosticReport Validate(
        IDataView train, IDataView? test = null, DiagnosticsOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(train);
        options ??= new DiagnosticsOptions();
        OptionsChecks.ThrowIfInvalid(options);
        test ??= options.HoldOut;
        var declaration = DeclarationResolver.Resolve(train.Schema, options);
        var title = test is null ? "training data" : "training data and hold-out data";
        var report = DiagnosticsRun.Execute(new DataInputs(train, test, declaration), options, title, cancellationToken).Report;
        return DiagnosticsRun.Hand(report, options, DiagnosticsSink.Log(_context));
    }

    /// <summary>
    /// Checks a text file before it is loaded: which cells ML.NET's loader would turn into 0, NaN or nothing without a word, and where it would throw.
    /// Findings do not throw, unless <see cref="DiagnosticsOptions.FailOn"/> is set.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="loaderOptions">The options it will be loaded with; without columns, ML.NET's default of a label and features behind it.</param>
    /// <param name="options">Silenced rules, severities, progress; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the check early.</param>
    /// <returns>The report, with counts and the first lines of each column.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="path"/> or <paramref name="loaderOptions"/> is null.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ArgumentException">An option is wrong, or ML.NET's loader refuses the options for this file.</exception>
    /// <exception cref="DiagnosticException">A finding reaches <see cref="DiagnosticsOptions.FailOn"/>, where that was set.</exception>
    /// <exception cref="OperationCanceledException">A token was cancelled.</exception>
    public DiagnosticReport CheckFile(
        string path, TextLoader.Options loaderOptions, DiagnosticsOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(loaderOptions);
        options ??= new DiagnosticsOptions();
        OptionsChecks.ThrowIfInvalid(options);
        var report = FileRun.Execute(path, loaderOptions, options, cancellationToken);
        return DiagnosticsRun.Hand(report, options, DiagnosticsSink.Log(_context));
    }

    /// <summary>
    /// Evaluates scored rows with ML.NET's own evaluator, and says where its metrics mean nothing: one score that is not finite makes all of them invalid, never 0 and
    /// never best. The rules on predictions judge beside it. Findings do not throw, unless <see cref="DiagnosticsOptions.FailOn"/> is set.
    /// </summary>
    /// <param name="scored">The rows, transformed by a fitted model: two classes, several classes, a regression or a ranking.</param>
    /// <param name="options">Columns, task and what to check; null for ML.NET's conventions.</param>
    /// <param name="cancellationToken">Ends the evaluation early; ML.NET's evaluator itself runs to its end.</param>
    /// <returns>The metrics and the report.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="scored"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is wrong, or a column is absent or does not fit the task; the message lists the columns or says what was expected.</exception>
    /// <exception cref="InvalidOperationException">A row could not be read.</exception>
    /// <exception cref="DiagnosticException">A finding reaches <see cref="DiagnosticsOptions.FailOn"/>, where that was set.</exception>
    /// <exception cref="OperationCanceledException">A token was cancelled.</exception>
    public Evaluation Evaluate(IDataView scored, EvaluateOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scored);
        options ??= new EvaluateOptions();
        PredictionOptionsChecks.ThrowIfInvalid(options);
        var evaluation = EvaluationRun.Execute(_context, scored, options, cancellationToken);
        DiagnosticsRun.Hand(evaluation.Report, options.Diagnostics, DiagnosticsSink.Log(_context), "pass FailOn = Severity.None to get the metrics all the same");
        return evaluation;
    }

    /// <summary>
    /// Compares a model's answers on validation and on test rows: whether validation is far better, and what explains it, from a metric that was reported wrongly and
    /// rows that were trained on to classes in other shares and columns that differ. The rules that compare two splits run over the rows, those on predictions over the
    /// test rows. Findings do not throw, unless <see cref="DiagnosticsOptions.FailOn"/> is set.
    /// </summary>
    /// <param name="model">The fitted model.</param>
    /// <param name="validation">The rows settings were chosen by, as they go into the model.</param>
    /// <param name="test">Rows that nothing was chosen by, as they go into the model.</param>
    /// <param name="options">Training rows, the reported metric, columns and what to check; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the comparison early.</param>
    /// <returns>The report.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">An option is wrong, the rows do not fit the model, or a column is absent or does not fit the task.</exception>
    /// <exception cref="InvalidOperationException">A row could not be read.</exception>
    /// <exception cref="DiagnosticException">A finding reaches <see cref="DiagnosticsOptions.FailOn"/>, where that was set.</exception>
    /// <exception cref="OperationCanceledException">A token was cancelled.</exception>
    public DiagnosticReport Compare(
        ITransformer model, IDataView validation, IDataView test, CompareOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(validation);
        ArgumentNullException.ThrowIfNull(test);
        options ??= new CompareOptions();
        PredictionOptionsChecks.ThrowIfInvalid(options.Diagnostics);
        var report = CompareRun.Execute(_context, model, validation, test, options, cancellationToken);
        return DiagnosticsRun.Hand(report, options.Diagnostics, DiagnosticsSink.Log(_context));
    }

    /// <summary>Profiles data: one pass over every row, no judgement.</summary>
    /// <param name="data">The data.</param>
    /// <param name="options">Roles of columns, budgets and progress; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the pass early.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="data"/> is null.</exception>
    /// <exception cref="ArgumentException">An option is wrong, or names a column that the data lacks.</exception>
    /// <exception cref="OperationCanceledException">A token was cancelled.</exception>
    public DataProfile Profile(IDataView data, DiagnosticsOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= new DiagnosticsOptions();
        OptionsChecks.ThrowIfInvalid(options);
        using var linked = DiagnosticsRun.Link(options, cancellationToken);
        var context = DiagnosticsRun.ContextOf(options, linked.Token);
        return DataProfileMeasurer.ProfilerFor(context).Profile(
            data, DeclarationResolver.Resolve(data.Schema, options), progress: context.Progress, cancellationToken: context.Cancellation);
    }
}
