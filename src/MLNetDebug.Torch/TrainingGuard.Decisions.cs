using MLNetDebug.Data;
using MLNetDebug.Torch.Training;
using MLNetDebug.Torch.Training.Actions;
using MLNetDebug.Torch.Training.Locating;
using MLNetDebug.Torch.Training.Signals;
using MLNetDebug.Torch.Training.Snapshots;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch;

/// <content>What becomes of a step: it is taken, left out or taken back, and a training that cannot go on is stopped.</content>
public sealed partial class TrainingGuard
{
    private const int LocatedIncidents = 5;
    private const double SuspiciousLoss = 3;
    private const double SuspiciousNorm = 10;
    private const double WorthKeeping = 0.5;

    /// <summary>Judges a step whose gradients are there, and decides what becomes of it.</summary>
    private StepDecision Conclude(double loss, Tensor? value, Tensor? target, Func<StepReplay[]> replays, out IReadOnlyList<Finding> found, Func<ParameterWatch, bool>? isStepped = null)
    {
        if (!_signals.AfterBackward(loss, value, target, isStepped))
            return ConcludeNonFinite(loss, replays(), out found);
        _inRow = 0;
        _incident = null;
        found = [];
        var decision = StepDecision.Take;
        if (_signals.Step % _judgeEvery == _judgeEvery - 1 || LooksWrong(loss))
        {
            var all = Judge(Complete(_signals.Window()) with { IsBeforeUpdate = true }, out found);
            if (_options.Policy == TrainingPolicy.Mend)
                decision = _mender.Decide(all);
        }

        if (decision == StepDecision.Take && _clipper.Limit is not null)
            _clipper.Clip(_signals.GradientNorm, _signals.Parameters);
        NoteNorm(decision);
        return Undo(decision);
    }

    private StepDecision ConcludeNonFinite(double loss, IReadOnlyList<StepReplay> replays, out IReadOnlyList<Finding> found)
    {
        _inRow++;
        _incident = Locate(loss, replays);
        Judge(Complete(_signals.Window()) with { IsBeforeUpdate = true }, out found);
        if (_options.Policy == TrainingPolicy.Observe)
            return StepDecision.Take;
        var decision = _options.Policy == TrainingPolicy.Mend ? _mender.DecideNonFinite(_incident, _inRow) : StepDecision.Skip;
        if (decision == StepDecision.Skip)
            Tell(TrainingEventKind.Skipped, RuleIds.NonFinite, $"Step {Words.Number(_signals.Step)} was not taken: its {_incident?.Seen ?? "loss"} is not finite.");
        return Undo(decision);
    }

    /// <summary>A step that is not taken leaves no trace: not in running statistics, and not in gradients, which a loop that zeroes them after its steps would add to.</summary>
    private StepDecision Undo(StepDecision decision)
    {
        if (decision == StepDecision.Take)
            return decision;
        _skipped++;
        if (decision == StepDecision.Skip)
        {
            _statistics?.Restore();
            _signals.Loss.TakeBack();
        }

        using var scope = NewDisposeScope();
        using var none = no_grad();
        foreach (var parameter in _signals.Parameters.Where(p => p.HasGradient))
            parameter.Parameter.grad?.zero_();
        return decision;
    }

    private bool IsStopDue(StepDecision decision) => decision == StepDecision.Skip && _inRow >= _options.StopAfterNonFinite;

    private NonFiniteIncident? Locate(double loss, IReadOnlyList<StepReplay> replays)
    {
        var seen = double.IsFinite(loss) ? $"gradient of {_signals.BadGradients.First().Name}" : "loss";
        if (_located++ >= LocatedIncidents)
            return new NonFiniteIncident { Step = _signals.Step, Direction = NonFiniteDirection.Unknown, Seen = seen };
        NonFiniteIncident? first = null;
        foreach (var replay in replays)
        {
            var incident = NonFiniteLocaliser.Locate(replay with { IsLossFinite = double.IsFinite(loss) }, _signals.Step, seen);
            if (incident.IsReproduced || incident.Direction is NonFiniteDirection.Input or NonFiniteDirection.Parameter)
                return incident;
            first ??= incident;
        }

        return first;
    }

    /// <summary>Cheap signs at which the rules are asked out of turn.</summary>
    private bool LooksWrong(double loss) =>
        _signals.Step >= 5 && ((loss > _signals.Loss.SmoothedBefore + ((SuspiciousLoss - 1) * Math.Abs(_signals.Loss.SmoothedBefore)) && loss > 0.25 * _signals.Loss.First)
            || _signals.GradientNorm > SuspiciousNorm * _usualNorm);

    private void NoteNorm(StepDecision decision)
    {
        if (decision == StepDecision.RolledBack)
            _usualNorm = double.NaN;
        else if (decision == StepDecision.Take && _signals.GradientNorm > 0)
            _usualNorm = double.IsNaN(_usualNorm) ? _signals.GradientNorm : Math.Exp((0.95 * Math.Log(_usualNorm)) + (0.05 * Math.Log(_signals.GradientNorm)));
    }

    /// <summary>Takes the snapshot to go back to, where training goes well; before a step, so that it holds what the losses so far have led to.</summary>
    private void KeepGood()
    {
        if (_options.Policy == TrainingPolicy.Observe)
            return;
        var loss = _signals.Loss;
        if (_good is null)
            _mender.Good = _good = new GoodSnapshot(_model, _options.Policy == TrainingPolicy.Mend ? _optimizers : []).At(0, double.NaN);
        else if (Steps % _options.SnapshotEvery == 0 && _inRow == 0 && double.IsNaN(_bestValidation) && loss.Smoothed - loss.Best <= 0.05 * Math.Abs(loss.Best) && !(loss.Smoothed >= _good.Loss) && IsWorthKeeping())
            _good.Take(Steps, loss.Smoothed);
    }

    /// <summary>Steps that began too long may have spoilt the weights for good, though the loss looks calm: only where much was learned with them they are worth more than the start.</summary>
    private bool IsWorthKeeping() =>
        _options.Policy != TrainingPolicy.Mend || !FirstUpdate.IsLong(_signals) || _signals.Loss.Smoothed < WorthKeeping * Course.Of(_signals.Window()).Untrained;

    private void Stop()
    {
        _isStopped = true;
        var where = "the network holds the weights of its last good step";
        if (_good is { } good && !IsAtItsBest(good))
        {
            good.Restore();
            where = $"the network holds the weights it had before step {Words.Number(good.Step)}";
        }

        var why = $"Training was stopped at step {Words.Number(_signals.Step)}: {Words.Count(_inRow, "step")} in a row were not finite; {where}.";
        Tell(TrainingEventKind.Stopped, RuleIds.NonFinite, why);
        var report = Report;
        var first = report.Of(RuleIds.NonFinite).FirstOrDefault()?.Message;
        throw new TrainingStoppedException(first is null ? why : $"{why} {first}", report, _signals.Step);
    }

    /// <summary>True where the weights as they stand are better than the snapshot, which may be many steps old: what was not finite was not taken.</summary>
    private bool IsAtItsBest(GoodSnapshot good) =>
        double.IsNaN(_bestValidation) && _signals.Loss.Smoothed < (double.IsNaN(good.Loss) ? _signals.Loss.First : good.Loss)
        && _model.parameters().Concat(_model.buffers()).All(t => t.IsInvalid || !is_floating_point(t) || ElementSums.Of(t) is { NonFinite: 0 });
}
