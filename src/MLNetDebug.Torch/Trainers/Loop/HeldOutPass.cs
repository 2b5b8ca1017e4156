using MLNetDebug.Torch.Trainers.Data;
using MLNetDebug.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Trainers.Loop;

/// <summary>What a network says of the held-out rows.</summary>
internal sealed class HeldOutPass(NetworkInTraining network, TrainingRows rows, TorchTask task, BatchForm form, CancellationToken token) : IDisposable
{
    // Probabilities are kept of so many numbers' worth of rows: enough to judge confidence by, whatever the number of classes.
    private const long MostNumbers = 1 << 22;

    // An evaluation may take larger batches than a step: nothing is kept for a backward pass.
    private const int LeastBatch = 256;

    private readonly BatchMemory _memory = new();
    private readonly BatchForm _form = form with { Size = Math.Max(LeastBatch, form.Size), LeavesOutSingle = false };

    /// <summary>Mean loss, accuracy, and the probabilities of a share of the rows with their labels. The caller disposes its tensors.</summary>
    public Validation Measure()
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        network.Whole.eval();
        var (loss, right, kept) = (0.0, 0L, 0L);
        List<Tensor> probabilities = [], labels = [];
        using var feed = rows.Held(_form, _memory);
        foreach (var batch in feed.Take(token))
        {
            using var inner = NewDisposeScope();
            var output = network.Whole.call(batch.X.to(network.Device)).to(ScalarType.Float32);
            loss += network.Loss(output, batch.Y.to(network.Device)).ToDouble() * batch.Rows;
            if (task == TorchTask.Regression)
                continue;
            var answers = Probabilities(output.cpu(), task);
            var classes = task == TorchTask.BinaryClassification ? batch.Y.view(-1).to(ScalarType.Int64) : batch.Y;
            var chosen = task == TorchTask.BinaryClassification ? answers.view(-1).gt(0.5).to(ScalarType.Int64) : answers.argmax(1);
            right += chosen.eq(classes).sum().ToInt64();
            if (kept >= MostNumbers)
                continue;
            kept += answers.NumberOfElements;
            // The batch's memory is used again for another.
            probabilities.Add(answers.MoveToOuterDisposeScope());
            labels.Add(classes.clone().MoveToOuterDisposeScope());
        }

        var measured = new Validation { Loss = loss / rows.HeldCount };
        return probabilities.Count == 0 ? measured : measured with
        {
            Accuracy = (double)right / rows.HeldCount,
            Probabilities = cat(probabilities).DetachFromDisposeScope(),
            Labels = cat(labels).DetachFromDisposeScope(),
        };
    }

    public void Dispose() => _memory.Dispose();

    private static Tensor Probabilities(Tensor output, TorchTask task)
    {
        if (task == TorchTask.MulticlassClassification)
            return output.softmax(1);
        var each = output.sigmoid();
        return task == TorchTask.BinaryClassification ? each.view(-1) : each / each.sum(1, keepdim: true);
    }
}
