namespace MLNetDebug.Torch.Trainers.Models;

/// <summary>Turns the outputs of a network into what columns show. A row with an output that is not finite has no answer: a score of NaN, no class.</summary>
internal static class Answers
{
    /// <summary>Writes the answers in the place of the outputs.</summary>
    public static void Write(TorchModelParameters model, int rows, ScoringBatch batch)
    {
        for (var r = 0; r < rows; r++)
        {
            var scores = batch.Scores.AsSpan(r * model.Outputs, model.Outputs);
            var isFinite = true;
            foreach (var score in scores)
                isFinite &= float.IsFinite(score);
            if (!isFinite)
                scores.Fill(float.NaN);
            switch (model.Task)
            {
                case TorchTask.BinaryClassification:
                    batch.Labels[r] = scores[0] > 0 ? 1u : 0;
                    batch.Probabilities[r] = (float)(1 / (1 + Math.Exp(-scores[0] / model.Temperature)));
                    break;
                case TorchTask.MulticlassClassification or TorchTask.OneVersusAll:
                    batch.Labels[r] = isFinite ? Classes(scores, model.Temperature, model.Task == TorchTask.OneVersusAll) : 0;
                    break;
            }
        }
    }

    private static uint Classes(Span<float> scores, double temperature, bool isOneVersusAll)
    {
        // From the outputs themselves: far from 0 single precision knows no difference between their sigmoids.
        var best = 0;
        for (var i = 1; i < scores.Length; i++)
            best = scores[i] > scores[best] ? i : best;

        // Sigmoids that sum to 1 are the softmax of their logarithms, which do not all become 0 where every class is far off.
        if (isOneVersusAll)
        {
            foreach (ref var score in scores)
                score = (float)LogSigmoid(score / temperature);
            temperature = 1;
        }

        var most = scores[0];
        foreach (var score in scores)
            most = Math.Max(most, score);
        var sum = 0.0;
        var inverse = 1 / temperature;
        foreach (ref var score in scores)
        {
            score = MathF.Exp((float)((score - (double)most) * inverse));
            sum += score;
        }

        foreach (ref var score in scores)
            score = (float)(score / sum);
        return (uint)best + 1;
    }

    private static double LogSigmoid(double x) => x >= 0 ? -Math.Log(1 + Math.Exp(-x)) : x - Math.Log(1 + Math.Exp(x));
}
