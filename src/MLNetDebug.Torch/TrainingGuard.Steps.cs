using System.Runtime.CompilerServices;
using MLNetDebug.Torch.Networks.Profiling;
using MLNetDebug.Torch.Training;
using MLNetDebug.Torch.Training.Actions;
using MLNetDebug.Torch.Training.Locating;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch;

/// <content>The two ways a step is taken.</content>
public sealed partial class TrainingGuard
{
    private static readonly IReadOnlyList<KeyValuePair<string, double>> NoTerms = [];

    /// <summary>
    /// Takes one step: zeroes the gradients, runs <paramref name="loss"/>, the backward pass and the optimizers. A step that is not finite is run once more to find where; random state, buffers and modes are put back
    /// afterwards.
    /// </summary>
    /// <typeparam name="TBatch">A tensor, a tuple of tensors or a list of them; the last one holds the targets.</typeparam>
    /// <param name="batch">The batch.</param>
    /// <param name="loss">
    /// Runs the network on it and returns the loss, a scalar. The loss is disposed after the step. It must be fit to be called again on the same batch. Open a dispose scope around each step, as around any
    /// that TorchSharp takes: a tensor that nothing holds may be finalised while a native call still reads it, and the process ends.
    /// </param>
    /// <param name="optimizer">The one optimizer to step, where not all shall be: only its gradients are zeroed. Default: all.</param>
    /// <returns>What became of the step.</returns>
    /// <exception cref="TrainingStoppedException">Too many steps in a row were not finite.</exception>
    /// <exception cref="ArgumentException">The loss is null, disposed or no scalar, or the guard was not attached to the optimizer.</exception>
    /// <exception cref="InvalidOperationException">The training was stopped before, a step is running, the network's parameters were replaced, or the optimizer is LBFGS.</exception>
    /// <exception cref="ObjectDisposedException">The guard was disposed.</exception>
    public StepResult Step<TBatch>(TBatch batch, Func<TBatch, Tensor> loss, optim.Optimizer? optimizer = null)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return Run([Tensors(batch)], [() => [new("", loss(batch))]], Chosen(optimizer));
    }

    /// <summary>Takes one step on the sum of several losses, each recorded under its name.</summary>
    /// <typeparam name="TBatch">A tensor, a tuple of tensors or a list of them; the last one holds the targets.</typeparam>
    /// <param name="batch">The batch.</param>
    /// <param name="losses">Runs the network on it and returns the losses by name; their sum is minimised.</param>
    /// <param name="optimizer">The one optimizer to step. Default: all.</param>
    /// <inheritdoc cref="Step{TBatch}(TBatch, Func{TBatch, Tensor}, optim.Optimizer)"/>
    public StepResult Step<TBatch>(TBatch batch, Func<TBatch, IReadOnlyDictionary<string, Tensor>> losses, optim.Optimizer? optimizer = null)
    {
        ArgumentNullException.ThrowIfNull(losses);
        return Run([Tensors(batch)], [() => [.. losses(batch)]], Chosen(optimizer));
    }

    /// <summary>Takes one step on several batches whose gradients are accumulated: the mean of their losses is minimised.</summary>
    /// <typeparam name="TBatch">A tensor, a tuple of tensors or a list of them; the last one holds the targets.</typeparam>
    /// <param name="batches">The batches, at least one.</param>
    /// <param name="loss">Runs the network on one of them and returns its loss, a scalar.</param>
    /// <param name="optimizer">The one optimizer to step. Default: all.</param>
    /// <inheritdoc cref="Step{TBatch}(TBatch, Func{TBatch, Tensor}, optim.Optimizer)"/>
    /// <exception cref="ArgumentException">There is no batch.</exception>
    public StepResult StepAccumulated<TBatch>(IReadOnlyList<TBatch> batches, Func<TBatch, Tensor> loss, optim.Optimizer? optimizer = null)
    {
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(loss);
        if (batches.Count == 0)
            throw new ArgumentException("At least one batch is needed.", nameof(batches));
        return Run(
            [.. batches.Select(b => Tensors(b))],
            [.. batches.Select(b => (Func<KeyValuePair<string, Tensor>[]>)(() => [new("", Part(loss(b), batches.Count))]))],
            Chosen(optimizer));
    }

    /// <summary>
    /// Begins a step of a loop that cannot be changed, before its forward pass. After the backward pass ask <see cref="GuardedStep.Check(Tensor, Tensor)"/>, step the optimizer where it says so, and dispose
    /// the step. Nothing can be replayed this way. After a mend that lowered the rate the optimizer's update is cut when the step is disposed, and its rate stays the loop's own.
    /// </summary>
    /// <param name="batch">The batch's tensors; the last one holds the targets.</param>
    /// <returns>The step.</returns>
    /// <exception cref="InvalidOperationException">The training was stopped before, a step is running, or the network's parameters were replaced.</exception>
    /// <exception cref="ObjectDisposedException">The guard was disposed.</exception>
    public GuardedStep Begin(params Tensor[] batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Tensor[] tensors = Tensors(batch);
        Open(tensors);
        _wasBeginUsed = true;
        return _open = new GuardedStep(this, tensors);
    }

    internal bool Check(GuardedStep step, double loss, Tensor value, IReadOnlyList<KeyValuePair<string, double>> terms)
    {
        var decision = Conclude(loss, value, step.Batch.LastOrDefault(), () => [new StepReplay { Model = _model, Parameters = Named(), Batch = Parts(step.Batch) }], out _);
        (step.Loss, step.Terms, step.IsTaken) = (loss, terms, decision == StepDecision.Take);
        if (step.IsTaken)
            _rates.Remember();
        if (IsStopDue(decision))
        {
            step.Dispose();
            Stop();
        }

        return step.IsTaken;
    }

    internal void Output(Tensor output) => _signals.Output(output);

    internal void End(GuardedStep step)
    {
        _rates.Cut();
        _signals.StopListening();
        if (ReferenceEquals(_open, step))
            _open = null;
        if (step.IsChecked)
            AfterUpdate(step.Loss, step.Terms, step.IsTaken);
    }

    private StepResult Run(IReadOnlyList<Tensor[]> batches, IReadOnlyList<Func<KeyValuePair<string, Tensor>[]>> losses, IReadOnlyList<optim.Optimizer> optimizers)
    {
        if (HasLbfgs(optimizers))
            throw new InvalidOperationException("LBFGS runs the loss itself, several times in a step: step it with its closure between Begin and the disposal of the step.");
        Open(batches.Count == 1 ? batches[0] : [.. batches.SelectMany(b => b)]);
        var states = new Tensor?[losses.Count];
        var (total, terms) = (0.0, NoTerms);
        Tensor? value = null;
        _isRunning = true;
        try
        {
            Lent?.Begin();
            foreach (var optimizer in optimizers)
                optimizer.zero_grad();
            Lent?.End();
            for (var i = 0; i < losses.Count; i++)
            {
                value?.Dispose();
                _signals.Listen(i == losses.Count - 1);
                states[i] = i == 0 ? _random : RandomState.Get().DetachFromDisposeScope();
                Lent?.Begin();
                (value, terms) = Backward(losses[i]());
                Lent?.End();
                total += ScalarLoss.Value(value);
            }

            var moved = ReferenceEquals(optimizers, _optimizers) ? null : _signals.MovedBy(optimizers[0]);
            var decision = Conclude(total, value, losses.Count == 1 && batches[0] is [.., var last] ? last : null, () => [.. losses.Select((l, i) => Replay(batches[i], l, states[i]!))], out var found, moved);
            Lent?.Begin();
            if (decision == StepDecision.Take)
                Update(optimizers);
            Lent?.EndUpdate();
            AfterUpdate(total, terms, decision == StepDecision.Take);
            if (IsStopDue(decision))
                Stop();
            return new StepResult(_signals.Step, total, decision == StepDecision.Take, decision == StepDecision.RolledBack) { Found = found };
        }
        finally
        {
            _isRunning = false;
            _signals.StopListening();
            // The graph goes with it, as it would at the end of the loop's own step.
            Lent?.Begin();
            value?.Dispose();
            Lent?.End();
            for (var i = 1; i < states.Length; i++)
                states[i]?.Dispose();
        }
    }

    private void Update(IReadOnlyList<optim.Optimizer> optimizers)
    {
        _rates.Lay();
        try
        {
            foreach (var optimizer in optimizers)
                optimizer.step();
        }
        finally
        {
            _rates.Lift();
        }
    }

    private static (Tensor Value, IReadOnlyList<KeyValuePair<string, double>> Terms) Backward(KeyValuePair<string, Tensor>[] losses)
    {
        var value = Sum(losses);
        var terms = losses is [{ Key: "" }] ? NoTerms : losses.Select(l => KeyValuePair.Create(l.Key, ScalarLoss.Value(l.Value))).ToArray();
        value.backward();
        if (losses.Length > 1)
        {
            foreach (var (_, loss) in losses)
                loss.Dispose();
        }

        return (value, terms);
    }

    private static Tensor Sum(KeyValuePair<string, Tensor>[] losses)
    {
        if (losses.Length == 0)
            throw new ArgumentException("The step returned no loss.");
        foreach (var (_, loss) in losses)
            ScalarLoss.Checked(loss);
        var value = losses[0].Value;
        for (var i = 1; i < losses.Length; i++)
        {
            var sum = value + losses[i].Value;
            if (i > 1)
                value.Dispose();
            value = sum;
        }

        return value;
    }

    private static Tensor Part(Tensor loss, int of)
    {
        using (ScalarLoss.Checked(loss))
            return loss / of;
    }

    private StepReplay Replay(Tensor[] batch, Func<KeyValuePair<string, Tensor>[]> losses, Tensor state) => new()
    {
        Model = _model,
        Parameters = Named(),
        Batch = Parts(batch),
        Loss = () => Sum(losses()),
        RandomState = state,
    };

    private (string, TorchSharp.Modules.Parameter)[] Named() => [.. _signals.Parameters.Select(p => (p.Name, p.Parameter))];

    private static (string, Tensor)[] Parts(Tensor[] batch) => [.. batch.Select((t, i) => (i > 0 && i == batch.Length - 1 ? "target" : $"input {i}", t))];

    // At every step: nothing is enumerated that need not be.
    private static Tensor[] Tensors<TBatch>(TBatch batch)
    {
        if (batch is not ITuple pair || pair is not { Length: 2 } || pair[0] is not Tensor { IsInvalid: false } first || pair[1] is not Tensor { IsInvalid: false } second)
            return [.. ModuleHooks.Tensors(batch).Where(t => t is { IsInvalid: false })];
        return [first, second];
    }

    private static bool HasLbfgs(IReadOnlyList<optim.Optimizer> optimizers)
    {
        for (var i = 0; i < optimizers.Count; i++)
        {
            if (optimizers[i] is TorchSharp.Modules.LBFGS)
                return true;
        }

        return false;
    }

    private IReadOnlyList<optim.Optimizer> Chosen(optim.Optimizer? optimizer) =>
        optimizer is null ? _optimizers
        : _optimizers.Contains(optimizer) ? [optimizer]
        : throw new ArgumentException("The guard was not attached to this optimizer.", nameof(optimizer));
}
