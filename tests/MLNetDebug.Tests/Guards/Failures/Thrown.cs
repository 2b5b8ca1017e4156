using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Tests.Guards.Failures;

/// <summary>What a real trainer throws over these rows, and what is made of it.</summary>
internal static class Thrown
{
    /// <summary>The failure of a fit that throws.</summary>
    /// <param name="trainer">The trainer.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="profiled">False to read the exception alone.</param>
    public static FitFailure By(IEstimator<ITransformer> trainer, IDataView rows, bool profiled = true) => Read(By(() => trainer.Fit(rows)), trainer, rows, profiled);

    /// <summary>What is made of an exception.</summary>
    public static FitFailure Read(Exception error, object trainer, IDataView? rows = null, bool profiled = true)
    {
        var name = trainer.GetType().Name.Split('`')[0];
        var run = new FitRun { Trainer = name, Outcome = FitOutcome.Failed, Elapsed = TimeSpan.Zero };
        var options = new DiagnosticsOptions();
        var declaration = rows is null ? new DataDeclaration() : DeclarationResolver.Resolve(rows.Schema, options, trainer);
        var data = rows is null || !profiled ? null : DataProfileMeasurer.ProfileOf(new DataInputs(rows, null, declaration), DiagnosticsRun.ContextOf(options, CancellationToken.None));
        return FailureReader.Read(error, trainer, run, declaration, data);
    }

    private static Exception By(Action fit)
    {
        try
        {
            fit();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return e;
        }

        throw new AssertFailedException("Nothing was thrown.");
    }
}
