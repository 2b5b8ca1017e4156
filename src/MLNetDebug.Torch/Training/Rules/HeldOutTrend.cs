namespace MLNetDebug.Torch.Training;

/// <summary>Held-out rows over the epochs: where their loss was lowest, and what has become of it and of the accuracy since.</summary>
internal sealed class HeldOutTrend
{
    /// <summary>Later validations are not needed for a trend that is there.</summary>
    private const int MaxBehind = 200;

    private HeldOutTrend(EpochRecord[] all, Func<ValidationRecord, double> loss)
    {
        var best = Array.IndexOf(all, all.MinBy(e => loss(e.Validation!)));
        (Best, Last, BestEpoch) = (all[best].Validation!, all[^1].Validation!, all[best].Epoch);
        EpochRecord[] behind = [.. all[(best + 1)..].TakeLast(MaxBehind)];
        Behind = behind.Length;
        LastEpoch = all[^1].Epoch;
        (Least, Count) = (loss(Best), all.Length);
        if (behind.Length < 2)
            return;
        // The lowest point is left out of its own test: whatever follows lies above it.
        PValue = MannKendall.Rising([.. behind.Select(e => loss(e.Validation!))]);
        // The last two together: a single validation is noisy.
        Level = behind.TakeLast(2).Average(e => loss(e.Validation!));
        AccuracyBefore = Best.Accuracy;
        AccuracyNow = behind.TakeLast(2).Average(e => e.Validation!.Accuracy);
    }

    /// <summary>Validations with a loss.</summary>
    public int Count { get; }

    /// <summary>The validation with the lowest loss.</summary>
    public ValidationRecord Best { get; }

    public int BestEpoch { get; }

    /// <summary>The last validation.</summary>
    public ValidationRecord Last { get; }

    public int LastEpoch { get; }

    /// <summary>Validations behind the lowest.</summary>
    public int Behind { get; }

    /// <summary>The lowest loss.</summary>
    public double Least { get; }

    /// <summary>The loss where it stands now.</summary>
    public double Level { get; } = double.NaN;

    /// <summary>One-sided p-value that the loss does not rise behind its minimum.</summary>
    public double PValue { get; } = 1;

    public double AccuracyBefore { get; } = double.NaN;

    public double AccuracyNow { get; } = double.NaN;

    /// <summary>How far the loss has risen over its minimum.</summary>
    public double Rise => Level - Least;

    /// <summary>True where the accuracy has fallen by more than two standard errors of so many rows; of an unknown number of rows every fall counts.</summary>
    public bool HasAccuracyFallen => AccuracyNow < AccuracyBefore - (Last.Rows > 0 ? 2 * Math.Sqrt(AccuracyBefore * (1 - AccuracyBefore) / Last.Rows) : 0);

    /// <summary>Reads the epochs; null where nothing was held out. The log-loss is taken where probabilities were given, since the loop's own loss may weigh or smooth.</summary>
    public static HeldOutTrend? Of(TrainingWindow window)
    {
        EpochRecord[] Epochs(Func<ValidationRecord, double> loss) => [.. window.Epochs.Where(e => e.Validation is { } v && double.IsFinite(loss(v)))];
        var logs = Epochs(v => v.LogLoss);
        if (logs.Length > 0)
            return new(logs, v => v.LogLoss);
        var losses = Epochs(v => v.Loss);
        return losses.Length > 0 ? new(losses, v => v.Loss) : null;
    }
}
