using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training;

/// <summary>A step of a loop that runs its passes itself. See <see cref="TrainingGuard.Begin(Tensor[])"/>.</summary>
public sealed class GuardedStep : IDisposable
{
    private readonly TrainingGuard _guard;
    private bool _isDisposed;

    internal GuardedStep(TrainingGuard guard, Tensor[] batch) => (_guard, Batch) = (guard, batch);

    internal Tensor[] Batch { get; }

    internal double Loss { get; set; } = double.NaN;

    internal IReadOnlyList<KeyValuePair<string, double>> Terms { get; set; } = [];

    internal bool IsTaken { get; set; }

    internal bool IsChecked { get; private set; }

    /// <summary>Judges the step after its backward pass and before any clipping. The gradients of a step that shall not be taken are set to zero.</summary>
    /// <param name="loss">The loss, a scalar.</param>
    /// <param name="output">What the network returned, where the guard could not see it itself. Default: none.</param>
    /// <returns>True where the optimizer shall be stepped.</returns>
    /// <exception cref="TrainingStoppedException">Too many steps in a row were not finite.</exception>
    /// <exception cref="ArgumentException">The loss is disposed or no scalar.</exception>
    /// <exception cref="InvalidOperationException">The step was checked or disposed before.</exception>
    public bool Check(Tensor loss, Tensor? output = null)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ThrowIfOver();
        return Check(ScalarLoss.Value(ScalarLoss.Checked(loss)), loss, output, []);
    }

    /// <summary>Judges a step whose loss is a sum of several, after its backward passes.</summary>
    /// <param name="losses">The losses by name.</param>
    /// <param name="output">What the network returned, where the guard could not see it itself. Default: none.</param>
    /// <inheritdoc cref="Check(Tensor, Tensor)"/>
    public bool Check(IReadOnlyDictionary<string, Tensor> losses, Tensor? output = null)
    {
        ArgumentNullException.ThrowIfNull(losses);
        ThrowIfOver();
        if (losses.Count == 0)
            throw new ArgumentException("There is no loss among the losses.", nameof(losses));
        KeyValuePair<string, double>[] terms = [.. losses.Select(l => KeyValuePair.Create(l.Key, ScalarLoss.Value(ScalarLoss.Checked(l.Value))))];
        using var sum = torch.tensor(terms.Sum(t => t.Value));
        return Check(terms.Sum(t => t.Value), sum, output, terms);
    }

    /// <summary>Ends the step, after the optimizer was stepped.</summary>
    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        _guard.End(this);
    }

    private bool Check(double loss, Tensor value, Tensor? output, IReadOnlyList<KeyValuePair<string, double>> terms)
    {
        IsChecked = true;
        if (output is not null)
            _guard.Output(output);
        return _guard.Check(this, loss, value, terms);
    }

    private void ThrowIfOver()
    {
        if (IsChecked || _isDisposed)
            throw new InvalidOperationException("A step is checked once, before it is disposed and before the next one begins.");
    }
}
