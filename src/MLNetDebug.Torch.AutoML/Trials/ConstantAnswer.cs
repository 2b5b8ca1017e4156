using MLNetDebug.Torch.Trainers;
using MLNetDebug.Torch.Trainers.Data;
using MLNetDebug.Torch.Trainers.Loop;

namespace MLNetDebug.Torch.AutoML.Trials;

/// <summary>What the best constant answer, as the training rows give it, scores on the validation rows: a network that does no better has learnt nothing.</summary>
internal static class ConstantAnswer
{
    /// <summary>Its accuracy, or its loss; null for a loss of the user's own, which is not known for constants.</summary>
    public static double? Of(TrainingRows rows, TorchTrainer trainer, bool isAccuracy)
    {
        var prior = Prior.Of(rows, trainer.Task);
        if (isAccuracy)
        {
            var most = trainer.Task == TorchTask.BinaryClassification ? (prior[0] > 0 ? 1 : 0) : Array.IndexOf(prior, prior.Max());
            return rows.HeldTargets().Average(t => (int)t == most ? 1.0 : 0.0);
        }

        if (trainer.Options.Loss is not null)
            return null;
        return trainer.Task switch
        {
            TorchTask.Regression => rows.HeldTargets().Average(t => (t - prior[0]) * (t - prior[0])),
            TorchTask.MulticlassClassification => rows.HeldTargets().Average(t => -(double)prior[(int)t]),
            TorchTask.BinaryClassification => rows.HeldTargets().Average(t => CrossEntropy(prior[0], t > 0.5)),
            _ => rows.HeldTargets().Average(t => prior.Select((odds, c) => CrossEntropy(odds, c == (int)t)).Average()),
        };
    }

    /// <summary>Binary cross entropy of a logit.</summary>
    private static double CrossEntropy(double logit, bool isTrue) => Math.Log(1 + Math.Exp(isTrue ? -logit : logit));
}
