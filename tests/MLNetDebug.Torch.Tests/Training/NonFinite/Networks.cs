using MLNetDebug.Torch.Training.Locating;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests.Training.NonFinite;

/// <summary>Networks and replays of the tests.</summary>
internal static class Networks
{
    /// <summary>Any code as a module.</summary>
    public sealed class Code(Func<Tensor, Tensor> code) : nn.Module<Tensor, Tensor>(nameof(Code))
    {
        public override Tensor forward(Tensor x) => code(x);
    }

    /// <summary>A layer, dropout, batch normalisation, some code, a layer.</summary>
    public static Sequential Chain(Func<Tensor, Tensor> code) => nn.Sequential(
        ("fc1", nn.Linear(4, 8)), ("bn", nn.BatchNorm1d(8)), ("drop", nn.Dropout(0.3)), ("mid", new Code(code)), ("fc2", nn.Linear(8, 1)));

    /// <summary>What a guard hands over of a network that is trained on a squared error.</summary>
    public static StepReplay Replay(nn.Module<Tensor, Tensor> model, Tensor x, Tensor y, bool isLossFinite = false) => new()
    {
        Model = model,
        Parameters = [.. model.named_parameters().Select(p => (p.name, p.parameter))],
        Batch = [("input 0", x), ("target", y)],
        Loss = () => nn.functional.mse_loss(model.call(x), y),
        RandomState = torch.random.get_rng_state(),
        IsLossFinite = isLossFinite,
    };
}
