using MLNetDebug.AutoML;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Torch.Trainers.Data;
using MLNetDebug.Torch.Trainers.Loop;
using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.AutoML.Trials;

/// <summary>Trains one trial under its guard, and says what came out.</summary>
internal sealed class TorchTrial(TrialTrainers trainers, SweepRows rows, TrialMetric metric)
{
    private bool _isNetworkChecked;

    /// <summary>Trains to the end.</summary>
    /// <exception cref="TrialPrunedException">The guard says that the trial cannot win, training stopped, or the model is dead.</exception>
    /// <exception cref="DiagnosticException">The network cannot learn, whatever the trial: the check before the first step says so.</exception>
    public TrialOutcome Run(TrialContext trial, CancellationToken token)
    {
        var trainer = trainers.Make(trial);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(token, trainer.Options.CancellationToken);
        var form = TrainerFit.FormOf(trainer, rows.Training);
        var watch = new TrialWatch(trial, metric, trainer.Options.Epochs * form.Batches(rows.Training.TrainingCount), n => Measure(n, trainer, form, both.Token));
        // The check judges the network, which is the same for all trials: after it has let one through it need not be asked again.
        trainer = trainer.With(trainer.Options with
        {
            Check = _isNetworkChecked ? null : trainer.Options.Check,
            Guard = Watched(trainer.Options.Guard, watch),
            Observer = watch,
            CancellationToken = both.Token,
        });
        try
        {
            var model = TrainerFit.Run(trainer, rows.Training, rows.Schema);
            return new TrialOutcome(watch.Measured.Validation)
            {
                TestMetric = watch.Measured.Test,
                Steps = watch.Steps,
                Findings = model.Training!.Report?.Findings ?? [],
                Model = model,
            };
        }
        catch (TrainingStoppedException stopped)
        {
            throw new TrialPrunedException(stopped.Message, stopped.Report.Findings, stopped) { Steps = watch.Steps };
        }
        catch (DiagnosticException dead) when (watch.Steps > 0)
        {
            throw new TrialPrunedException(dead.Message, dead.Report.Findings, dead) { Steps = watch.Steps };
        }
        finally
        {
            _isNetworkChecked |= watch.Steps > 0;
        }
    }

    private static TrainingGuardOptions? Watched(TrainingGuardOptions? guard, TrialWatch watch) => guard is null ? null : guard with { OnFinding = guard.OnFinding + watch.OnFinding };

    private (double Validation, double Test) Measure(NetworkInTraining network, TorchTrainer trainer, BatchForm form, CancellationToken token)
    {
        double Of(TrainingRows measured)
        {
            using var pass = new HeldOutPass(network, measured, trainer.Task, form, token);
            using var answers = pass.Measure();
            return metric.Of(answers);
        }

        return (Of(rows.Training), rows.Test is { } test ? Of(test) : double.NaN);
    }
}
