using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Profiling;

/// <summary>Parameters and their gradients as they were; <see cref="Dispose"/> puts them back to the bit.</summary>
internal sealed class ParameterSnapshot : IDisposable
{
    private readonly (Parameter Parameter, Tensor Before, Tensor? Gradient)[] _all;

    public ParameterSnapshot(IReadOnlyList<Parameter> parameters) =>
        _all = [.. parameters.Select(p => (p, p.detach().clone().DetachFromDisposeScope(), p.grad?.DetachFromDisposeScope()))];

    /// <summary>How far the element that moved most has come.</summary>
    public double Moved(Tensor parameter)
    {
        using var none = torch.no_grad();
        var before = _all.First(p => p.Parameter.Handle == parameter.Handle || (TensorAddress.Of(parameter) is var address && address != 0 && TensorAddress.Of(p.Parameter) == address)).Before;
        using var difference = parameter - before;
        var facts = TensorReader.Facts(difference);
        return Math.Max(Math.Abs(facts.Min), Math.Abs(facts.Max));
    }

    public void Dispose()
    {
        using var none = torch.no_grad();
        foreach (var (parameter, before, gradient) in _all)
        {
            parameter.copy_(before);
            // The very tensor that was there: an optimizer or a loop may hold it.
            parameter.grad = gradient;
            before.Dispose();
            gradient?.Dispose();
        }
    }
}
