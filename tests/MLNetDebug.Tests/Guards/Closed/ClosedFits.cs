using Microsoft.ML;
using Microsoft.ML.TorchSharp.NasBert;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Zoo.Trainers;

namespace MLNetDebug.Tests.Guards.Closed;

/// <summary>Guarded fits of the stand-ins for the networks' trainers.</summary>
internal static class ClosedFits
{
    public static GuardOptions Quiet => new() { Diagnostics = new DiagnosticsOptions { Sinks = [] } };

    public static GuardedEstimator<NetworkTransformer> Text(StandInOptions? options = null, GuardOptions? guard = null, MLContext? ml = null) =>
        new TextClassificationTrainer(ml ?? new MLContext(1), options ?? new StandInOptions()).Guard(guard ?? Quiet);

    public static GuardedEstimator<NetworkTransformer> Similarity(StandInOptions? options = null, GuardOptions? guard = null) =>
        new SentenceSimilarityTrainer(new MLContext(1), options ?? new StandInOptions { LearningRate = [0.05] }).Guard(guard ?? Quiet);

    /// <summary>The report of a fit that throws.</summary>
    public static DiagnosticReport Refused(Func<ITransformer> fit) => Assert.ThrowsExactly<DiagnosticException>(() => { fit(); }).Report;

    /// <summary>The report of a fit that throws over these rows.</summary>
    public static DiagnosticReport Refused(StandInOptions options, IDataView? rows = null, GuardOptions? guard = null) =>
        Refused(() => Text(options, guard).Fit(rows ?? Letters.Draw(60).ToClasses()));
}
