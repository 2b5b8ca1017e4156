using MLNetDebug.Torch.Networks;
using MLNetDebug.Torch.Networks.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch;

/// <summary>
/// A loss that is watched: it returns what the loss it holds returns, to the bit and with the same graph, and on its first call and every hundredth looks at what it was fed (logits,
/// probabilities, targets, shapes). For training loops of one thread.
/// </summary>
public sealed class DiagnosedLoss : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly LossFunction _loss;
    private readonly LossWatch _watch;
    private long _calls;

    private DiagnosedLoss(LossFunction loss, DiagnosedLossOptions options)
        : base(nameof(DiagnosedLoss))
    {
        (_loss, _watch) = (loss, new LossWatch(loss, options));
        // Registered, so that moves and modes reach it.
        if (loss.Module is { } module)
            register_module("loss", module);
    }

    /// <summary>What was found so far, one finding per rule and place, and what was checked.</summary>
    public DiagnosticReport Report => _watch.Report;

    /// <summary>How many times it was called.</summary>
    public long Calls => _calls;

    internal LossFunction Inner => _loss;

    /// <summary>Watches a loss module.</summary>
    /// <param name="loss">The loss; it stays usable by itself.</param>
    /// <param name="options">How to watch. Default: the first call and every hundredth; facts throw.</param>
    /// <returns>The loss to train with.</returns>
    /// <exception cref="ArgumentNullException">The loss is null.</exception>
    /// <exception cref="ArgumentException">An option is wrong; all errors are in one message.</exception>
    public static DiagnosedLoss Wrap(nn.Module<Tensor, Tensor, Tensor> loss, DiagnosedLossOptions? options = null) =>
        new(LossFunction.Of(loss), options ?? new());

    /// <summary>Watches a loss function, such as <c>functional.cross_entropy</c>; which loss it is is found by its numbers.</summary>
    /// <inheritdoc cref="Wrap(nn.Module{Tensor, Tensor, Tensor}, DiagnosedLossOptions)"/>
    public static DiagnosedLoss Wrap(Func<Tensor, Tensor, Tensor> loss, DiagnosedLossOptions? options = null) =>
        new(LossFunction.Of(loss), options ?? new());

    /// <summary>Computes the loss.</summary>
    /// <param name="input">What the network gave.</param>
    /// <param name="target">What it should give.</param>
    /// <returns>What the loss it holds returns.</returns>
    /// <exception cref="DiagnosticException">A finding reaches <see cref="DiagnosedLossOptions.FailOn"/>, or explains what the loss threw.</exception>
    public override Tensor forward(Tensor input, Tensor target)
    {
        var call = _calls++;
        Tensor value;
        try
        {
            value = _loss.Call(input, target);
        }
        catch (Exception e) when (e is not OperationCanceledException && _watch.Explain(input, target, e, call) is { } explained)
        {
            throw explained;
        }

        if (_watch.IsDue(call) && _watch.Look(input, target, value, call) is { } failure)
        {
            value.Dispose();
            throw failure;
        }

        return value;
    }
}
