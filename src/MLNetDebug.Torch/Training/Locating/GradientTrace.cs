using MLNetDebug.Torch.Networks;
using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Locating;

/// <summary>A gradient that came back at a point of the pass.</summary>
/// <param name="Index">They are numbered as they come.</param>
/// <param name="Point">The point.</param>
/// <param name="Tensor">Which of the point's tensors.</param>
/// <param name="Facts">Its statistics.</param>
/// <param name="Count">What is not finite in it.</param>
internal sealed record GradientEvent(int Index, PassPoint Point, int Tensor, TensorFacts Facts, NonFiniteCount Count)
{
    /// <summary>The gradient itself, where it was kept.</summary>
    public Tensor? Copy { get; init; }
}

/// <summary>Sees the gradients of a backward pass in the order in which they come.</summary>
internal sealed class GradientTrace(int? kept = null) : IDisposable
{
    private readonly List<GradientEvent> _events = [];
    private readonly Dictionary<PassPoint, int> _probed = [];

    public IReadOnlyList<GradientEvent> Events => _events;

    /// <summary>A copy of the tensor whose gradient will be seen; the tensor itself where it has none.</summary>
    public Tensor Probe(Tensor tensor, PassPoint point)
    {
        var number = _probed.GetValueOrDefault(point);
        _probed[point] = number + 1;
        return tensor is { IsInvalid: false, requires_grad: true } && is_grad_enabled() ? GradientProbe.apply(tensor, (Action<Tensor>)(g => Came(g, point, number))) : tensor;
    }

    public void Dispose() => _events.ForEach(e => e.Copy?.Dispose());

    private void Came(Tensor gradient, PassPoint point, int number)
    {
        using var scope = torch.NewDisposeScope();
        using var none = torch.no_grad();
        var index = _events.Count;
        _events.Add(new(index, point, number, TensorReader.Facts(gradient), NonFiniteCount.Of(gradient)) { Copy = index == kept && !gradient.is_sparse ? TensorCopy.Of(gradient) : null });
    }

    /// <summary>Hands a tensor on as a copy, so that operations in place may follow, and tells of its gradient.</summary>
    private sealed class GradientProbe : torch.autograd.SingleTensorFunction<GradientProbe>
    {
        public override string Name => "MLNetDebugGradient";

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
        {
            ctx.save_data("tell", vars[1]);
            return ((Tensor)vars[0]).clone();
        }

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor gradient)
        {
            try
            {
                ((Action<Tensor>)ctx.get_data("tell"))(gradient);
            }
            catch (Exception)
            {
                // An exception that leaves this method ends the process. A gradient that is not told of is one that was not seen.
            }

            return [gradient, null!];
        }
    }
}
