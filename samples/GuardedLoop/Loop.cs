using MLNetDebug;
using MLNetDebug.Torch;
using MLNetDebug.Torch.Training;
using TorchCheck;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GuardedLoop;

/// <summary>What came of one training.</summary>
internal sealed record Outcome(double Accuracy, DiagnosticReport Report, IReadOnlyList<TrainingEvent> Events);

/// <summary>A training loop as anyone writes it; the guard takes the steps.</summary>
internal static class Loop
{
    private const int Epochs = 8;
    private const int Batch = 64;

    public static Outcome Run(Digits digits, double rate, TrainingGuardOptions options)
    {
        random.manual_seed(1);
        using var model = Network();
        using var optimizer = optim.SGD(model.parameters(), rate, momentum: 0.9);
        using var guard = TrainingGuard.Attach(model, optimizer, options);
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            using var scope = NewDisposeScope();
            model.train();
            foreach (var (x, y) in Batches(digits))
                guard.Step((x, y), b => functional.cross_entropy(model.call(b.x), b.y));

            model.eval();
            guard.EndEpoch(HeldOut(model, digits));
        }

        return new Outcome(HeldOut(model, digits).Accuracy, guard.Report, guard.Events);
    }

    /// <summary>A range test before the first step; the network is as new afterwards.</summary>
    public static LearningRateRange Range(Digits digits, double rate)
    {
        random.manual_seed(1);
        using var scope = NewDisposeScope();
        using var model = Network();
        using var optimizer = optim.SGD(model.parameters(), rate, momentum: 0.9);
        using var guard = TrainingGuard.Attach(model, optimizer);
        return guard.Probe().LearningRateRange([.. Batches(digits)], b => functional.cross_entropy(model.call(b.X), b.Y));
    }

    private static TorchSharp.Modules.Sequential Network() => Sequential(("flat", Flatten()), ("fc1", Linear(64, 64)), ("relu1", ReLU()), ("fc2", Linear(64, 32)), ("relu2", ReLU()), ("fc3", Linear(32, 10)));

    private static IEnumerable<(Tensor X, Tensor Y)> Batches(Digits digits) =>
        randperm(digits.TrainY.shape[0]).split(Batch).Select(rows => (digits.TrainX.index_select(0, rows), digits.TrainY.index_select(0, rows)));

    private static Validation HeldOut(nn.Module<Tensor, Tensor> model, Digits digits)
    {
        using var scope = NewDisposeScope();
        using var none = no_grad();
        var logits = model.call(digits.TestX);
        return new Validation
        {
            Loss = functional.cross_entropy(logits, digits.TestY).ToDouble(),
            Accuracy = logits.argmax(1).eq(digits.TestY).to(ScalarType.Float32).mean().ToDouble(),
        };
    }
}
