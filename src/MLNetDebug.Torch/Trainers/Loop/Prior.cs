using MLNetDebug.Torch.Trainers.Data;

namespace MLNetDebug.Torch.Trainers.Loop;

/// <summary>What an output should say before anything is learned: the log share of each class, the log odds of each class, or the mean of the target.</summary>
internal static class Prior
{
    /// <summary>One number for each output of each network: of one with as many outputs as classes, or of several with one output.</summary>
    public static float[] Of(TrainingRows rows, TorchTask task)
    {
        var classes = rows.Columns.Classes;
        if (task == TorchTask.Regression)
            return [(float)rows.TrainingTargets().Average()];
        var counts = new double[classes];
        foreach (var target in rows.TrainingTargets())
            counts[(int)target]++;
        // One row more of each: a class without rows is unlikely and not impossible (Laplace).
        double total = rows.TrainingCount + classes;
        return task switch
        {
            TorchTask.BinaryClassification => [Odds(counts[1], total)],
            TorchTask.OneVersusAll => [.. counts.Select(c => Odds(c, total))],
            _ => [.. counts.Select(c => (float)Math.Log((c + 1) / total))],
        };
    }

    private static float Odds(double count, double total) => (float)Math.Log((count + 1) / (total - count - 1));
}
