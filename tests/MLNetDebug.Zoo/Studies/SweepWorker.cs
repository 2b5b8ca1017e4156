using System.Globalization;
using Microsoft.ML;
using MLNetDebug.AutoML;

namespace MLNetDebug.Zoo.Studies;

/// <summary>
/// The program that is killed: one worker of a sweep over a study that others work on too. A hidden command: <c>sweep-worker STORE STUDY WORKER PLAN SEED</c>. It says what the store has taken of it, line by
/// line, and at its end who has won.
/// </summary>
internal static class SweepWorker
{
    public const string Command = "sweep-worker";

    /// <summary>What it says of the winner.</summary>
    public const string Won = "winner";

    /// <summary>Trials of a study's search.</summary>
    public const int Trials = 10;

    /// <summary>Seeds of a confirmation.</summary>
    public const int Repeats = 2;

    private const string Chunks = "chunks", Pipeline = "pipeline";

    private const int PipelineMilliseconds = 60;

    /// <summary>How long a worker may be silent.</summary>
    public static readonly TimeSpan Expiry = TimeSpan.FromMilliseconds(500);

    /// <summary>What sweeps there are: trials chunk by chunk, the same after range tests, and pipelines under guard; each with about how many lines its workers say together where nobody is harmed.</summary>
    public static readonly (string Name, int Lines)[] Plans = [(Chunks, 128), ("range-tests", 131), (Pipeline, 33)];

    public static int Run(string[] args)
    {
        if (args is not [_, var address, var study, var worker, var plan, var seed])
        {
            Console.Error.WriteLine($"Usage: -- {Command} STORE STUDY WORKER PLAN SEED");
            return 2;
        }

        using var store = new TellingStudyStore(StudyAddress.Open(address), Console.Out.WriteLine);
        var result = Sweep(store, plan, Options(store, study, worker, int.Parse(seed, CultureInfo.InvariantCulture))).GetAwaiter().GetResult();
        var best = result.Best is { } winner ? FormattableString.Invariant($"{winner.Plan.Number} {result.Winner!.Runs.Average(r => r.Metric):R}") : "none";
        Console.Out.WriteLine($"{Won} {best}");
        return 0;
    }

    private static Task<SweepResult> Sweep(IStudyStore store, string plan, SweepOptions options)
    {
        var (ml, rows) = (new MLContext(options.Seed), SweepRows.Load());
        if (plan == Pipeline)
        {
            var space = new SearchSpace { LearningRate = options.Space.LearningRate, BatchSizes = [], Options = [new NumberOption("L2", 1e-6, 1e-2, true)] };
            return ml.Diagnostics().Sweep(
                ml.Data.LoadFromEnumerable(rows.Train), ml.Data.LoadFromEnumerable(rows.Validation),
                t =>
                {
                    // As the trials by chunks, it lasts.
                    Thread.Sleep(PipelineMilliseconds);
                    return ml.BinaryClassification.Trainers.SgdCalibrated(new() { LearningRate = t.LearningRate, L2Regularization = (float)t.Parameters["L2"], NumberOfThreads = 1, NumberOfIterations = 5 });
                },
                options with { Space = space });
        }

        var training = new ChunkTraining(ml, rows);
        return ml.Diagnostics().Sweep(training.RunAsync, plan == Chunks ? options : options with { Probe = training });
    }

    private static SweepOptions Options(IStudyStore store, string study, string worker, int seed) => new()
    {
        Metric = new("AreaUnderRocCurve", true),
        Space = new() { LearningRate = new(1e-4, 10), BatchSizes = [16, 128] },
        Budget = new() { Trials = Trials },
        Epochs = 6,
        Reduction = 2,
        Repeats = Repeats,
        Seed = seed,
        Store = store,
        Study = study,
        Worker = worker,
        Heartbeat = Expiry / 5,
        HeartbeatExpiry = Expiry,
        // On a busy machine a worker that lives may be late too: it is the kills that are counted here, not attempts.
        MaxAttempts = 20,
    };
}
