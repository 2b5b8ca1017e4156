using MLNetDebug.Data;

namespace MLNetDebug.Torch.Networks;

/// <summary>A loss that is summed over the batch: its gradient, and with it the step, grows with the batch.</summary>
internal sealed class SummedLoss : Rule<NetworkProfile>
{
    // A loss of the user's own may take no reduction.
    private static readonly HashSet<string> Known = ["CrossEntropyLoss", "NLLLoss", "BCELoss", "BCEWithLogitsLoss", "MSELoss", "L1Loss", "SmoothL1Loss", "HuberLoss"];

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.SummedLoss, nameof(RuleIds.SummedLoss), "A loss is summed over the batch.", RuleCategory.LossAndOutput, Severity.Info, ProofKind.Fact);

    protected override void Judge(NetworkProfile measured, FindingSink sink)
    {
        // The divergence proper is a sum over classes; what it is divided by stands outside the loss.
        if (measured.Loss is not { Reduction: LossReduction.Sum, Error: null, Kind: not LossKind.KullbackLeibler } loss || loss.Input.Rank == 0 || loss.Input.Shape[0] < 2)
            return;
        var rows = loss.Input.Shape[0];
        sink.Report(new FindingDraft(
            Places.Loss(loss),
            $"{LossSteps.Named(loss)} adds up its terms over the {Words.Number(rows)} rows of the batch. Gradients grow with the batch, so a learning rate that is right for one size of batch is wrong for another, " +
            "and the last, smaller batch of an epoch takes a smaller step.")
        {
            Evidence = [new Evidence("rows of the batch", rows), new Evidence("loss", loss.Value), new Evidence("mean loss", loss.MeanLoss)],
            Advice = [new Advice("Take the mean, or divide by the rows before backward(), and multiply the learning rate by what is divided by.", loss.IsModule && Known.Contains(loss.Name) ? $"var loss = nn.{loss.Name}(reduction: Reduction.Mean);" : "(loss / output.shape[0]).backward();")],
        });
    }
}
