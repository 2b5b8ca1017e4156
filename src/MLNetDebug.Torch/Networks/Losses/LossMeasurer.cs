using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Losses;

/// <summary>Calls a loss once and writes down what it is, what it was fed and what it gave.</summary>
internal static class LossMeasurer
{
    /// <param name="loss">The loss.</param>
    /// <param name="input">Its input.</param>
    /// <param name="target">Its target.</param>
    /// <param name="value">What it returned, with its graph; null where it threw.</param>
    public static LossProfile Measure(LossFunction loss, Tensor input, Tensor target, out Tensor? value)
    {
        Exception? thrown = null;
        try
        {
            value = loss.Call(input, target);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            (value, thrown) = (null, e);
        }

        return Describe(LossIdentity.Of(loss.Module), loss.Module, input, target, value, thrown);
    }

    /// <summary>Describes a call that was made.</summary>
    /// <param name="known">Which loss it is, where that is known; else it is searched for.</param>
    /// <param name="module">The module, for its name; null for a function.</param>
    /// <param name="input">The input.</param>
    /// <param name="target">The target.</param>
    /// <param name="value">What it returned; null where it threw.</param>
    /// <param name="thrown">What it threw; null where it threw nothing.</param>
    public static LossProfile Describe(LossIdentity? known, nn.Module? module, Tensor input, Tensor target, Tensor? value, Exception? thrown)
    {
        using var noGrad = no_grad();
        var (inputFacts, targetFacts) = (TensorReader.Facts(input), TensorReader.Facts(target));
        using var host = inputFacts.IsFloatingPoint ? Rows(input, inputFacts) : null;
        using var targetHost = Rows(target, targetFacts);
        var inputRows = host is null ? null : RowReader.Facts(host, inputFacts.Count, RowReader.Dimension(inputFacts.Rank));
        var error = thrown is null ? null : FirstLine(thrown);
        var loss = known ?? Identify(module, input, target, value, inputFacts, targetFacts, inputRows, error);
        var isClasses = loss.Kind is LossKind.CrossEntropy or LossKind.NegativeLogLikelihood;
        var holdsIndices = isClasses && !targetFacts.IsFloatingPoint;
        var classes = holdsIndices && inputFacts.Rank > 0 ? inputFacts.Shape[RowReader.Dimension(inputFacts.Rank)] : 0;
        var labels = classes > 0 ? LabelTally.Of(target, loss, classes) : null;
        var rows = loss.Kind == LossKind.KullbackLeibler ? DivergenceRows.Find(host, inputFacts, targetHost, targetFacts) : new DivergenceRows(RowReader.Dimension(targetFacts.Rank), false);
        var profile = new LossProfile
        {
            Kind = loss.Kind,
            Name = loss.Name,
            IsModule = module is not null,
            Reduction = loss.Reduction,
            LogTarget = loss.LogTarget,
            LabelSmoothing = loss.LabelSmoothing,
            HasClassWeights = loss.Weight is not null || loss.PositiveWeight is not null,
            Value = value is null ? double.NaN : ValueOf(value),
            Error = error,
            Input = inputFacts,
            Target = targetFacts,
            InputRows = loss.Kind == LossKind.KullbackLeibler ? rows.Read(host, inputFacts) : inputRows,
            TargetRows = holdsIndices ? null : rows.Read(targetHost, targetFacts, skipZeroRows: true),
            TargetPercentiles = holdsIndices || targetHost is null ? [] : Percentiles.Of(targetHost.Floats),
            Classes = classes,
            ConstantLoss = ConstantLosses.Of(loss, target, targetFacts, labels),
        };
        profile = profile with { MeanLoss = MeanLosses.Of(profile, labels) };
        if (loss.Kind != LossKind.CrossEntropy || host is null)
            return profile;
        var (zeroLossShare, medianMargin) = LogitRows.Read(host, input.dtype, target, loss, labels is not null && LabelsFit(inputFacts, targetFacts));
        return profile with { ZeroLossShare = zeroLossShare, MedianMargin = medianMargin };
    }

    private static LossIdentity Identify(
        nn.Module? module, Tensor input, Tensor target, Tensor? value, TensorFacts inputFacts, TensorFacts targetFacts, DistributionFacts? rows, string? error)
    {
        var found = value is not null ? new LossSearch(input, target, value, inputFacts, targetFacts, rows is { IsLogProbabilities: true }).Find()
            : LossIdentity.OfError(error ?? "");
        return module is null ? found : found with { Name = module.GetType().Name, IsModule = true };
    }

    // A target with other sizes than the input's rows has made the loss throw: no label can be laid beside a row.
    private static bool LabelsFit(TensorFacts input, TensorFacts target) => target.Shape.SequenceEqual(LossShapes.WithoutClasses(input.Shape));

    private static HostTensor? Rows(Tensor t, TensorFacts facts) =>
        facts.Count == 0 || facts.Rank == 0 || is_complex(t) ? null : HostTensor.First(t, ScalarType.Float32, RowReader.MaxElements);

    private static double ValueOf(Tensor value)
    {
        var facts = TensorReader.Facts(value);
        if (facts.NonFinite == 0)
            return facts.Mean;
        using var detached = value.detach();
        using var mean = detached.mean();
        return mean.ToDouble();
    }

    // libtorch appends the trace of its own frames to what it says.
    private static string FirstLine(Exception e) => $"{e.GetType().Name}: {e.Message.AsSpan().TrimStart().ToString().Split('\n')[0].TrimEnd()}";
}
