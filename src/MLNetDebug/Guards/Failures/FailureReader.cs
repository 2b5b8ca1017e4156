using MLNetDebug.Data;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Guards;

/// <summary>What is known when a trainer throws.</summary>
/// <param name="Error">The innermost exception: the one that says something.</param>
/// <param name="Run">What was seen until then.</param>
/// <param name="Declaration">What the columns are for.</param>
/// <param name="Data">The profile of the data; null where no pass was made.</param>
/// <param name="LearningRate">The trainer's learning rate; null where it has none or does not show it.</param>
internal sealed record FailureContext(Exception Error, FitRun Run, DataDeclaration Declaration, DataProfile? Data, double? LearningRate)
{
    /// <summary>True for the trainers of Microsoft.ML.TorchSharp.</summary>
    public bool IsNetwork { get; init; }

    /// <summary>Where a failure of the run as a whole is.</summary>
    public Subject Subject => new(SubjectKind.Run, Run.Trainer);

    /// <summary>True where the exception's own words hold one of these.</summary>
    public bool Says(params IEnumerable<string> texts) => texts.Any(t => Error.Message.Contains(t, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Says what an exception of a trainer means: which column, which row, which option.</summary>
internal static class FailureReader
{
    private static readonly Func<FailureContext, FitFailure?>[] Patterns = [NetworkFailure.Read, OverflowFailure.Read, NoRowsFailure.Read, LabelFailure.Read, SchemaFailure.Read];

    /// <summary>What an exception means.</summary>
    /// <param name="error">The exception.</param>
    /// <param name="trainer">The trainer that threw it.</param>
    /// <param name="run">What was seen until then.</param>
    /// <param name="declaration">What the columns are for.</param>
    /// <param name="data">The profile of the data; null where no pass was made.</param>
    public static FitFailure Read(Exception error, object trainer, FitRun run, DataDeclaration declaration, DataProfile? data)
    {
        var context = new FailureContext(Innermost(error), run, declaration, data, HyperParameters.LearningRate(trainer)) { IsNetwork = ClosedTrainer.Of(trainer) is not null };
        return Patterns.Select(p => p(context)).FirstOrDefault(f => f is not null) ?? new FitFailure(context.Error.Message) { Subject = context.Subject };
    }

    // Reader threads and Task.Wait wrap what happened; the innermost exception is what happened.
    private static Exception Innermost(Exception error)
    {
        while (error is AggregateException or InvalidOperationException or System.Reflection.TargetInvocationException && error.InnerException is { } inner)
            error = inner;
        return error;
    }
}
