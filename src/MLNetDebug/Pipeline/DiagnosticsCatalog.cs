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
