using MLNetDebug.Torch.Trainers.Data;
using MLNetDebug.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Trainers.Loop;

/// <summary>What a network says of the held-out rows.</summary>
internal sealed class HeldOutPass(NetworkInTraining network, TrainingRows rows, TorchTask task, BatchForm form, CancellationToken token) : IDisposable
{
    // Logits are kept of so many numbers' worth of rows: enough to judge confidence by, whatever the number of classes.
    private const long MostNumbers = 1 << 22;

    // An evaluation may take larger batches than a step, since nothing is kept for a backward pass; of large rows it need not.
    private const int UsualBatch = 256;
    private const long UsualBytes = 16 << 20;

    private readonly BatchMemory _memory = new();
    private readonly BatchForm _form = form with { Size = Math.Max(form.Size, (int)Math.Min(UsualBatch, UsualBytes / ((long)form.Slots * sizeof(float)))), LeavesOutSingle = false };

    /// <summary>Mean loss, accuracy, and the logits of a share of the rows with their labels.</summary>
    public HeldOutAnswers Measure()
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        network.Whole.eval();
        var (loss, right, kept) = (0.0, 0L, 0L);
        List<Tensor> logits = [], labels = [];
        using var feed = rows.Held(_form, _memory);
        foreach (var batch in feed.Take(token))
        {
            using var inner = NewDisposeScope();
            var output = network.Whole.call(batch.X.to(network.Device)).to(ScalarType.Float32);
            loss += network.Loss(output, batch.Y.to(network.Device)).ToDouble() * batch.Rows;
            if (task == TorchTask.Regression)
                continue;
            var answers = output.cpu();
            var classes = task == TorchTask.BinaryClassification ? batch.Y.view(-1).to(ScalarType.Int64) : batch.Y;
            var chosen = task == TorchTask.BinaryClassification ? answers.view(-1).gt(0).to(ScalarType.Int64) : answers.argmax(1);
            right += chosen.eq(classes).sum().ToInt64();
            if (kept >= MostNumbers)
                continue;
            kept += answers.NumberOfElements;
            // The batch's memory is used again for another.
            logits.Add(answers.MoveToOuterDisposeScope());
            labels.Add(classes.clone().MoveToOuterDisposeScope());
        }

        var mean = loss / rows.HeldCount;
        return logits.Count == 0
            ? new HeldOutAnswers(task, mean, double.NaN, null, null)
            : new HeldOutAnswers(task, mean, (double)right / rows.HeldCount, cat(logits).DetachFromDisposeScope(), cat(labels).DetachFromDisposeScope());
    }

    public void Dispose() => _memory.Dispose();
}

/// <summary>Answers to held-out rows.</summary>
/// <param name="Task">What was asked.</param>
/// <param name="Loss">Their mean loss.</param>
/// <param name="Accuracy">The share that is right; NaN for a regression.</param>
/// <param name="Logits">Outputs of a share of the rows; null for a regression.</param>
/// <param name="Labels">The classes of those rows, from 0.</param>
internal sealed record HeldOutAnswers(TorchTask Task, double Loss, double Accuracy, Tensor? Logits, Tensor? Labels) : IDisposable
{
    /// <summary>As a guard is told of it. The caller disposes the probabilities; the labels are these.</summary>
    public Validation ToValidation()
    {
        if (Logits is null)
            return new Validation { Loss = Loss };
        using var scope = NewDisposeScope();
        var probabilities = LogProbabilities(Task, Logits).exp();
        return new Validation
        {
            Loss = Loss,
            Accuracy = Accuracy,
            Labels = Labels,
            Probabilities = (Task == TorchTask.BinaryClassification ? probabilities.select(1, 1) : probabilities).DetachFromDisposeScope(),
        };
    }

    /// <summary>Log-probabilities <c>[rows, classes]</c>, as a trained network gives them at temperature 1; of two classes the first is false.</summary>
    public static Tensor LogProbabilities(TorchTask task, Tensor logits) => task switch
    {
        TorchTask.MulticlassClassification => logits.log_softmax(1),
        TorchTask.BinaryClassification => cat([nn.functional.logsigmoid(-logits), nn.functional.logsigmoid(logits)], 1),
        // Sigmoids that sum to 1.
        _ => nn.functional.logsigmoid(logits).log_softmax(1),
    };

    public void Dispose()
    {
        Logits?.Dispose();
        Labels?.Dispose();
    }
}
