namespace Microsoft.ML.TorchSharp.Unknown;

/// <summary>A trainer of a version that nothing is known of: neither host nor options.</summary>
internal sealed class QATrainer;
