using MLNetDebug.Data;

namespace MLNetDebug.Guards;

/// <summary>The moment at which a network's loss, gradients or weights left the numbers.</summary>
internal sealed class FitDiverged : Rule<FitRun>
{
    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.FitDiverged, nameof(RuleIds.FitDiverged), "The loss, gradients or weights left the numbers.", RuleCategory.Gradients, Severity.Error, ProofKind.Fact)
    { Notes = [9, 13] };

    protected override void Judge(FitRun measured, FindingSink sink)
    {
        if (measured.NonFinite is not { } signal)
        {
            if (RisingLoss.Of(measured) is { } rising)
                sink.Report(Rising(measured, rising));
            return;
        }

        var kept = measured.RestoredEpoch is { } epoch;
        var before = measured.Signals.LastOrDefault(s => s.Step < signal.Step && s.Loss is { } l && double.IsFinite(l));
        sink.Report(new FindingDraft(
            new Subject(SubjectKind.Run, measured.Trainer) { Epoch = signal.Epoch, Step = signal.Step },
            $"{measured.Trainer} left the numbers in step {Words.Number(signal.Step ?? 0)} (epoch {Words.Number((long)(signal.Epoch ?? 0))}, both counted from 0): {What(signal)}." +
            $"{(before is null ? string.Empty : $" The loss of the step before was {Words.Number(before.Loss!.Value)}.")}{(signal.LearningRate is { } rate ? $" The learning rate was {Words.Number(rate)}." : string.Empty)} " +
            (kept ? $"Training was ended and the weights of epoch {measured.RestoredEpoch} put back." : "Training was ended."))
        {
            // With the best weights put back the model is sound: what is left to do is the user's choice.
            Severity = kept ? Severity.Warning : null,
            Evidence = [.. Values(signal)],
            Advice =
            [
                new Advice("Train with a tenth of the learning rate, and look at the labels and texts of the batch that did it.", "LearningRate = [1e-5]"),
                .. kept ? Array.Empty<Advice>() : [new Advice("To keep the weights of the best epoch instead of an exception:", "new GuardOptions { OnDivergence = DivergenceAction.KeepBest }")],
            ],
        });
    }

    private static FindingDraft Rising(FitRun run, RisingLoss rising) => new(
        new Subject(SubjectKind.Run, run.Trainer) { Epoch = rising.Epoch },
        $"The loss of {run.Trainer} rose while it trained: {Words.Number(rising.First)} on average in the first epoch, {Words.Number(rising.Last)} in the last. One answer for every row has {Words.Number(rising.Constant)}.")
    {
        // The numbers are finite, and what they mean is an estimate.
        Severity = Severity.Warning,
        Confidence = Confidence.Suspected,
        Evidence =
        [
            new Evidence("mean loss of the last epoch", rising.Last) { Threshold = rising.Constant * RisingLoss.Factor },
            new Evidence("mean loss of the first epoch", rising.First),
        ],
        Advice = [new Advice("The learning rate is too large, or the labels do not belong to the rows: train with a tenth of the rate.", "LearningRate = [1e-5]")],
    };

    private static string What(FitSignal signal) =>
        signal.Loss is { } loss && !double.IsFinite(loss) ? $"its loss is {Words.Number(loss)}"
        : signal.NonFiniteTensors is > 0 ? $"{Words.Count(signal.NonFiniteTensors.Value, "tensor")} of its weights or gradients {(signal.NonFiniteTensors == 1 ? "holds" : "hold")} NaN or infinite values, first '{signal.FirstNonFinite}'"
        : $"the norm of its weights is {Words.Number(signal.ParameterNorm ?? double.NaN)}, more than {Words.Number(LiveLimits.NormGrowth)} times what it began with";

    private static IEnumerable<Evidence> Values(FitSignal signal)
    {
        if (signal.Loss is { } loss)
            yield return new Evidence("loss", loss);
        if (signal.GradientNorm is { } gradient)
            yield return new Evidence("gradient norm", gradient);
        if (signal.ParameterNorm is { } weights)
            yield return new Evidence("parameter norm", weights);
        if (signal.LearningRate is { } rate)
            yield return new Evidence("learning rate", rate);
        yield return new Evidence("tensors that are not finite", signal.NonFiniteTensors ?? 0) { Threshold = 0, Unit = "tensors" };
    }
}
