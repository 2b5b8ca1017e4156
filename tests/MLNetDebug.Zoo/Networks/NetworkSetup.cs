using System.Reflection;
using System.Runtime.Loader;
using Microsoft.ML;
using Microsoft.ML.TorchSharp.AutoFormerV2;
using Microsoft.ML.TorchSharp.NasBert;
using Microsoft.ML.TorchSharp.Roberta;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Zoo.Networks;

/// <summary>How a network is trained: which trainer, with which options, on what machine.</summary>
internal sealed record NetworkSetup(ClosedTrainerKind Kind)
{
    private static readonly Lazy<DirectoryInfo> Folder = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("mlnetdebug-zoo-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Delete(recursive: true);
        var weights = folder.CreateSubdirectory("full").CreateSubdirectory("mlnet");
        foreach (var name in new[] { "NasBert2000000.tsm", "pretrained_NasBert_14M_encoder.tsm", "pretrained_Roberta_encoder.tsm", "autoformer_11m_torchsharp.bin" })
            File.WriteAllBytes(Path.Combine(weights.FullName, name), []);
        folder.CreateSubdirectory("empty");
        return folder;
    });

    /// <summary>Options that learn the bases.</summary>
    public static StandInOptions DefaultOptions => new() { LearningRate = [0.05], MaxEpoch = 2 };

    /// <summary>The options, made anew for each trainer.</summary>
    public Func<StandInOptions> Options { get; init; } = () => DefaultOptions;

    /// <summary>The GPU that is asked for; null for none.</summary>
    public int? Gpu { get; init; }

    /// <summary>True where the file of pretrained weights lies in the folder of temporary files.</summary>
    public bool HasWeights { get; init; } = true;

    /// <summary>True where the trainers are beside a TorchSharp that they were not built for.</summary>
    public bool IsMisfit { get; init; }

    /// <summary>True where the same trainer object is fitted on the first two classes before.</summary>
    public bool IsFittedBefore { get; init; }

    /// <summary>What happens to the rows.</summary>
    public Func<NetworkRows, NetworkRows> Rows { get; init; } = r => r;

    /// <summary>A context and a trainer.</summary>
    public IEstimator<ITransformer> Create()
    {
        var ml = new MLContext(1) { GpuDeviceId = Gpu, TempFilePath = Path.Combine(Folder.Value.FullName, HasWeights ? "full" : "empty") };
        if (IsMisfit)
            return Misfit(ml);
        var options = Options();
        return Kind switch
        {
            ClosedTrainerKind.SentenceSimilarity => new SentenceSimilarityTrainer(ml, options),
            ClosedTrainerKind.NamedEntityRecognition => new NerTrainer(ml, options),
            ClosedTrainerKind.QuestionAnswer => new QATrainer(ml, options),
            ClosedTrainerKind.ObjectDetection => new ObjectDetectionTrainer(ml, options),
            _ => new TextClassificationTrainer(ml, options),
        };
    }

    /// <summary>The trainer as a copy of its assembly makes it, loaded beside the other: whether initialisers dispose what they initialise is one setting per assembly.</summary>
    private static IEstimator<ITransformer> Misfit(MLContext ml)
    {
        var copy = new AssemblyLoadContext("misfit").LoadFromAssemblyPath(typeof(TextClassificationTrainer).Assembly.Location);
        copy.GetType("Microsoft.ML.TorchSharp.Utils.ModelUtils")!.GetProperty("Disposes", BindingFlags.Public | BindingFlags.Static)!.SetValue(null, true);
        var options = Activator.CreateInstance(copy.GetType(typeof(StandInOptions).FullName!)!);
        return (IEstimator<ITransformer>)Activator.CreateInstance(copy.GetType(typeof(TextClassificationTrainer).FullName!)!, ml, options)!;
    }
}
