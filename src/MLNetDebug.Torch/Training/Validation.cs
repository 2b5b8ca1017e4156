using static TorchSharp.torch;
namespace MLNetDebug.Torch.Training;
/// <summary>x</summary>
public sealed record Validation
{
    /// <summary>x</summary>
    public double Loss { get; init; } = double.NaN;
    /// <summary>x</summary>
    public double Accuracy { get; init; } = double.NaN;
    /// <summary>x</summary>
    public Tensor? Probabilities { get; init; }
    /// <summary>x</summary>
    public Tensor? Labels { get; init; }
}
