using System.Runtime.InteropServices;

namespace MLNetDebug.Torch.Trainers.Loop;

/// <summary>What libtorch throws, in a sentence.</summary>
internal static class TrainerFailures
{
    /// <summary>True where memory is used up, on the CPU or a GPU.</summary>
    public static bool IsMemory(Exception e) => e is OutOfMemoryException
        || (e is ExternalException or InvalidOperationException && (e.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase) || e.Message.Contains("can't allocate memory", StringComparison.OrdinalIgnoreCase)))
        || (e.InnerException is { } inner && IsMemory(inner));

    /// <summary>What is to be thrown where memory is used up.</summary>
    public static InvalidOperationException OfMemory(Exception e, TorchTrainer trainer) => new(
        $"The memory of {trainer.Options.Device?.ToString() ?? "cpu"} is used up by network '{trainer.Network.Name}' with batches of {trainer.Options.BatchSize:N0} rows: lower {nameof(TorchTrainerOptions.BatchSize)} or make the network smaller ({FirstLine(e.Message)})", e);

    /// <summary>
    /// True for a fault of TorchSharp's own that hits about one training in a thousand: a scalar is finalised while the native call that it was handed to still reads it. The step is half done; the
    /// training can be taken up from where its state was last kept.
    /// </summary>
    public static bool IsFinalizerRace(Exception e) => e is ExternalException && e.Message.Contains("Expected false to be true", StringComparison.Ordinal);

    /// <summary>libtorch's message without the trace of native calls behind it.</summary>
    public static string FirstLine(string message) => message.Split('\n', 2)[0].Trim();
}
