using TorchSharp;
using static TorchSharp.torch;

namespace TorchCheck;

/// <summary>A network, its loss and its optimizer, ready to train.</summary>
internal sealed record Setup(nn.Module<Tensor, Tensor> Model, nn.Module<Tensor, Tensor, Tensor> Loss, optim.Optimizer Optimizer) : IDisposable
{
    public void Dispose()
    {
        Optimizer.Dispose();
        Loss.Dispose();
        Model.Dispose();
    }
}

/// <summary>A network with one fault, and the rule that names it.</summary>
/// <param name="Name">The fault.</param>
/// <param name="ExpectedRule">The rule.</param>
/// <param name="Build">Makes it, broken (false) or mended (true).</param>
internal sealed record BrokenNetwork(string Name, string ExpectedRule, Func<bool, Setup> Build)
{
    /// <summary>Makes it anew, and what is random from here on the same.</summary>
    public Setup Start(bool mended)
    {
        random.manual_seed(1);
        return Build(mended);
    }
}
