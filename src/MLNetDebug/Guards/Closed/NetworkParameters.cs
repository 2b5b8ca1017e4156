using Microsoft.ML;
using MLNetDebug.Pipeline;
using MLNetDebug.Predictions;

namespace MLNetDebug.Guards;

/// <summary>Scans the weights of a fitted network: in place where it can be reached, else as it would be saved.</summary>
internal static class NetworkParameters
{
    /// <summary>The network of a fitted transformer; null where it is not shown.</summary>
    public static object? ModelOf(ITransformer fitted) => Members.Read(fitted, "Model");

    /// <summary>The parameters; null where they could not be read, with the reason.</summary>
    public static (ParameterProfile? Parameters, string? Reason) Of(ClosedTrainer trainer, ITransformer fitted, DataViewSchema schema)
    {
        var torch = TorchPackages.TorchSharpOf(trainer.Trainer.GetType().Assembly) is { } assembly ? TorchAccess.Of(assembly) : null;
        return torch is { Missing.Count: 0 } && ModelOf(fitted) is { } model ? (InPlace(torch, model), null) : Saved(fitted, schema);
    }

    /// <summary>Saves the model to a file of its own and reads the tensors back, without TorchSharp's help.</summary>
    public static (ParameterProfile? Parameters, string? Reason) Saved(ITransformer fitted, DataViewSchema schema)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
            new MLContext().Model.Save(fitted, schema, file);
            file.Position = 0;
            return TorchModelReader.Read(file) is { } parameters ? (parameters, null) : (null, "the saved model holds no network");
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or InvalidOperationException or NotSupportedException or ArgumentException)
        {
            return (null, $"the model could not be saved and read back ({e.Message.ReplaceLineEndings(" ")})");
        }
    }

    private static ParameterProfile InPlace(TorchAccess torch, object model) => new("network", [.. torch.Parameters(model).Concat(torch.Buffers(model)).Select(t =>
    {
        var scan = torch.Scan(t.Tensor);
        return new ParameterTensor(t.Name, scan.Count, scan.NonFinite, scan.MaxAbsolute);
    })]);
}
