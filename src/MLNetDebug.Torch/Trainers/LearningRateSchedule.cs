namespace MLNetDebug.Torch.Trainers;

/// <summary>How the learning rate runs over a training: a factor on <see cref="TorchTrainerOptions.LearningRate"/> for each step.</summary>
public sealed class LearningRateSchedule
{
    private readonly Func<double, double, double> _factor;

    private LearningRateSchedule(string name, Func<double, double, double> factor) => (Name, _factor) = (name, factor);

    /// <summary>The same rate throughout.</summary>
    public static LearningRateSchedule Constant { get; } = new("constant", (_, _) => 1);

    /// <summary>What it is, with its numbers: part of what tells one training from another.</summary>
    public string Name { get; }

    /// <summary>Up from 0 over a warm-up, then down to 0 along half a cosine (Loshchilov and Hutter 2017).</summary>
    /// <param name="warmup">Share of the training that is warm-up, in [0, 1). Default 0.05.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is out of range.</exception>
    public static LearningRateSchedule Cosine(double warmup = 0.05)
    {
        if (!(warmup >= 0 && warmup < 1))
            throw new ArgumentOutOfRangeException(nameof(warmup), warmup, "The share of the training that is warm-up must lie in [0, 1).");
        return new(FormattableString.Invariant($"cosine {warmup:R}"), (epoch, epochs) =>
        {
            var at = epoch / epochs;
            return at < warmup ? at / warmup : 0.5 * (1 + Math.Cos(Math.PI * (at - warmup) / (1 - warmup)));
        });
    }

    /// <summary>Multiplied by a factor after every so many epochs.</summary>
    /// <param name="epochs">Epochs between, 1 at least.</param>
    /// <param name="factor">The factor, in (0, 1). Default 0.1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static LearningRateSchedule Steps(int epochs, double factor = 0.1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epochs);
        if (!(factor > 0 && factor < 1))
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "The factor must lie in (0, 1).");
        return new(FormattableString.Invariant($"steps {epochs} {factor:R}"), (epoch, _) => Math.Pow(factor, Math.Floor(epoch / epochs)));
    }

    /// <summary>A schedule of your own.</summary>
    /// <param name="name">What it is called: a checkpoint is resumed only by a training whose schedule has the same name.</param>
    /// <param name="factor">The factor from the epoch, with its fraction (2.5 is the middle of the third), and the number of epochs. Finite and not negative.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static LearningRateSchedule Of(string name, Func<double, double, double> factor)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(factor);
        return new($"own {name}", factor);
    }

    /// <summary>The factor at a moment.</summary>
    /// <exception cref="InvalidOperationException">A schedule of the user's own gave a negative number or none.</exception>
    internal double Factor(double epoch, int epochs)
    {
        var factor = _factor(epoch, epochs);
        return factor >= 0 && double.IsFinite(factor)
            ? factor
            : throw new InvalidOperationException($"The learning rate schedule '{Name}' gave {factor} at epoch {epoch:0.###} of {epochs}: a factor must be finite and not negative.");
    }
}
