using MLNetDebug.Torch.Trainers;
using MLNetDebug.Torch.Trainers.Data;
using MLNetDebug.Torch.Trainers.Loop;
using MLNetDebug.Torch.Zoo.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Zoo.AutoML;

/// <summary>
/// The constant learning rate above which training diverges, found without any range test. A training diverges where its mean loss over three epochs (60 steps at least, 300 at most) is not finite, or not below
/// 95 % of the loss before its first step and of that of a constant answer: what it blew up by, it has not made good. The rates are tried from the highest down in thirds of a decade until one holds; between it and the next they are bisected. Of
/// several seeds the median counts, and none of them is one that the range test sees.
/// </summary>
internal static class DivergenceBoundary
{
    /// <summary>The highest rate that is tried; boundaries beyond it are infinite.</summary>
    public const double Highest = 100;

    private const double Lowest = 1e-5;
    private const double Stride = 1 / 3.0;
    private const double Finest = 0.1;
    private const int Seeds = 3;
    private const double Fallen = 0.95;

    /// <summary>The median boundary over the seeds.</summary>
    public static double Of(TorchTrainer trainer, TrainingRows rows) =>
        Enumerable.Range(1, Seeds).Select(i => OfSeed(trainer.With(trainer.Options with { Seed = trainer.Options.Seed + (1000 * i) }), rows)).Order().ElementAt(Seeds / 2);

    /// <summary>The boundary of one seed; infinity where even the highest rate holds, NaN where none does.</summary>
    private static double OfSeed(TorchTrainer trainer, TrainingRows rows)
    {
        var (up, down) = (double.PositiveInfinity, Math.Log10(Highest));
        while (!Holds(trainer, rows, down))
        {
            (up, down) = (down, down - Stride);
            if (down < Math.Log10(Lowest))
                return double.NaN;
        }

        while (double.IsFinite(up) && up - down > Finest)
        {
            var middle = (up + down) / 2;
            if (Holds(trainer, rows, middle))
                down = middle;
            else
                up = middle;
        }

        return Math.Pow(10, (up + down) / 2);
    }

    private static bool Holds(TorchTrainer trainer, TrainingRows rows, double logRate) =>
        FinalizerRace.Again(() => Train(trainer.With(trainer.Options with { LearningRate = Math.Pow(10, logRate) }), rows));

    private static bool Train(TorchTrainer trainer, TrainingRows rows)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(trainer.Options.Seed);
        var form = TrainerFit.FormOf(trainer, rows);
        var (x, y) = TrainerFit.FirstRows(rows, form, trainer.Options);
        using var network = NetworkInTraining.Create(trainer, rows, x);
        using var optimizer = Optimizers.Make(trainer.Network.Name, network.Whole, trainer.Options);
        double before, constant;
        using (no_grad())
        {
            before = network.Loss(network.Whole.call(x), y).ToDouble();
            var prior = Prior.Of(rows, trainer.Task);
            constant = network.Loss(tensor(prior).expand(x.shape[0], prior.Length), y).ToDouble();
        }

        var left = (int)Math.Clamp(3 * form.Batches(rows.TrainingCount), 60, 300);
        var (price, sum) = (left * Fallen * Math.Min(before, constant), 0.0);
        for (var epoch = 0; left > 0; epoch++)
        {
            using var feed = rows.Epoch(trainer.Options.Seed, epoch, form);
            foreach (var batch in feed.Take(CancellationToken.None).Take(left))
            {
                using var inner = NewDisposeScope();
                optimizer.zero_grad();
                var loss = network.Loss(network.Whole.call(batch.X), batch.Y);
                sum += loss.ToDouble();
                // No loss here is ever below 0: what is above its price already stays there.
                if (!(sum < price))
                    return false;
                loss.backward();
                optimizer.step();
                left--;
            }
        }

        return true;
    }
}
