using System.IO.Hashing;
using System.Text;
using MLNetDebug.Torch.Networks.Profiling;
using MLNetDebug.Torch.Trainers.Data;
using MLNetDebug.Torch.Trainers.Loop;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Trainers.Checkpoints;

/// <summary>What tells one training from another: a checkpoint is gone on with only by a training that would have taken the same steps.</summary>
internal static class Fingerprint
{
    /// <summary>Of options, rows, first weights, and what the network and its loss make of one batch; another number of threads has the same.</summary>
    public static UInt128 Of(TorchTrainer trainer, TrainingRows rows, NetworkInTraining network, Tensor x, Tensor y)
    {
        var o = trainer.Options;
        var text = FormattableString.Invariant(
            $"1|{trainer.Network.Name}|{trainer.Task}|{o.Optimizer}|{o.LearningRate:R}|{o.Schedule.Name}|{o.Momentum:R}|{o.Decay:R}|{o.DecayBiasesAndNorms}|{o.BatchSize}|{o.Epochs}|{o.ValidationFraction:R}|{o.Patience}|{o.Seed}|{o.Device}|{GuardOf(o.Guard)}|{string.Join(',', rows.Columns.Shape)}|{rows.Hash:x32}|{rows.HeldCount}|{FirstStep(network, x, y, o.Seed)}|");
        var hash = new XxHash128();
        hash.Append(Encoding.UTF8.GetBytes(text));
        // The weights before the first step say what the factory made.
        using var hashing = new HashingStream(Stream.Null, hash);
        foreach (var tensor in TrainingLoop.StateOf(network.Whole))
            TensorStream.Write(hashing, tensor);
        return hash.GetCurrentHashAsUInt128();
    }

    /// <summary>Loss and norm of the gradients of a step that is not taken: two networks of the same weights, or two losses, differ in them. Nothing of it stays.</summary>
    private static string FirstStep(NetworkInTraining network, Tensor x, Tensor y, int seed)
    {
        using var scope = NewDisposeScope();
        var before = RandomState.Get();
        Tensor[] buffers = [.. network.Whole.buffers().Where(b => b is { IsInvalid: false })], kept = [.. buffers.Select(b => b.detach().clone())];
        try
        {
            random.manual_seed(seed);
            network.Whole.train();
            var loss = network.Loss(network.Whole.call(x), y);
            loss.backward();
            var squares = 0.0;
            foreach (var parameter in network.Whole.parameters())
            {
                using var gradient = parameter.grad;
                if (gradient is not null)
                    squares += Math.Pow((gradient.is_sparse ? gradient.SparseValues : gradient).to(ScalarType.Float64).norm().ToDouble(), 2);
            }

            // Three digits: the last ones depend on the number of threads.
            return FormattableString.Invariant($"{loss.ToDouble():E2} {Math.Sqrt(squares):E2}");
        }
        finally
        {
            network.Whole.zero_grad();
            using (no_grad())
            {
                foreach (var (buffer, copy) in buffers.Zip(kept))
                    buffer.copy_(copy);
            }

            RandomState.Set(before);
        }
    }

    // What may change a step; where a guard writes and whom it tells changes none.
    private static string GuardOf(TrainingGuardOptions? guard) => guard is null ? "none" : FormattableString.Invariant(
        $"{guard.Policy} {guard.SampleEvery} {guard.JudgeEvery} {guard.StopAfterNonFinite} {guard.SnapshotEvery} {guard.MaxMends} {guard.Clip} {string.Join(',', guard.Silence.Order(StringComparer.Ordinal))} {string.Join(',', guard.Severities.OrderBy(s => s.Key, StringComparer.Ordinal))} {string.Join(',', guard.RuleOptions)} {string.Join(',', guard.Rules.Select(r => r.Descriptor.Id))}");
}
