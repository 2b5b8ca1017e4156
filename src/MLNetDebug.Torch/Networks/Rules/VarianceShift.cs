using System.ComponentModel.DataAnnotations;
using MLNetDebug.Data;

namespace MLNetDebug.Torch.Networks;

/// <summary>Options of MLD213.</summary>
public sealed record VarianceShiftOptions : RuleOptions
{
    /// <summary>More than this share of a layer's channels must meet another variance, in [0, 1]. Default 0.5.</summary>
    [Range(0.0, 1.0)]
    public double MostOf { get; init; } = 0.5;

    /// <summary>Statistics gathered anew must lower the held-out loss by more than this share of it, in [0, 1]. Default 0.05.</summary>
    [Range(0.0, 1.0)]
    public double LeastGain { get; init; } = 0.05;

    /// <summary>And by more than so many standard errors, in [0, 10]. Default 3.</summary>
    [Range(0.0, 10.0)]
    public double StandardErrors { get; init; } = 3;
}

/// <summary>Running variances that do not fit evaluation, and a loss that falls once they do. Read off measurements, never off the order of layers.</summary>
internal sealed class VarianceShift(VarianceShiftOptions? options = null) : Rule<NetworkProfile>
{
    private readonly VarianceShiftOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.VarianceShift, nameof(RuleIds.VarianceShift), "Batch normalisation meets another variance in evaluation than in training.", RuleCategory.Structure, Severity.Warning, ProofKind.Experiment)
    { Notes = [14] };

    public override RuleOptions Options => _options;

    protected override void Judge(NetworkProfile measured, FindingSink sink)
    {
        if (measured.Recalibration is not { Layers.Count: > 0 } shift)
            return;
        var shifted = shift.Layers.Where(l => l.ShareOutside > _options.MostOf && l.Median > 0 && double.IsFinite(l.Median)).OrderByDescending(l => Math.Abs(Math.Log(l.Median))).ToList();
        if (!double.IsFinite(shift.Loss) || !double.IsFinite(shift.RecalibratedLoss))
        {
            sink.NotChecked(Places.Module(measured, ""), "whether its batch normalisation fits evaluation: the held-out loss is not finite");
            return;
        }

        var gain = shift.Loss - shift.RecalibratedLoss;
        // One layer is enough: behind the layer that follows dropout the others may meet what they know.
        if (shifted.Count == 0 || gain <= _options.LeastGain * Math.Abs(shift.Loss))
            return;
        if (double.IsNaN(shift.StandardError))
            sink.NotChecked(Places.Module(measured, shifted[0].Module), $"whether a held-out loss that falls by {Words.Percent(gain / Math.Abs(shift.Loss))} once the statistics are gathered anew is chance: the loss gives no rows");
        else if (gain > _options.StandardErrors * shift.StandardError)
            sink.Report(Draft(measured, shift, shifted));
    }

    private FindingDraft Draft(NetworkProfile profile, RecalibrationProfile shift, List<BatchNormRatio> shifted)
    {
        var worst = shifted[0];
        var gain = shift.Loss - shift.RecalibratedLoss;
        var dropouts = profile.Modules.Where(m => StructureCode.Probability(m) > 0).Select(m => $"`{m.Name}`").ToList();
        var because = dropouts.Count > 0 ? $"the statistics were gathered with dropout on ({Words.Names(dropouts)})" : "the statistics were gathered under other conditions than evaluation's";
        var place = Places.Module(profile, worst.Module);
        return new FindingDraft(
            place,
            $"In evaluation `{place.Name}` meets {Words.Number(worst.Median)} times the variance its running statistics say (median over channels; {Words.Percent(worst.ShareOutside)} of the channels outside 0.8 to 1.25), "
            + $"and {shifted.Count} of {Words.Count(shift.Layers.Count, "layer")} are off in most channels: {because}. With statistics gathered anew without dropout, and nothing trained, the held-out loss falls from {Words.Number(shift.Loss)} to {Words.Number(shift.RecalibratedLoss)}.")
        {
            Evidence =
            [
                new Evidence("variance ratio", worst.Median) { Threshold = worst.Median < 1 ? 0.8 : 1.25 },
                new Evidence("channels outside", worst.ShareOutside) { Threshold = _options.MostOf, Unit = "share" },
                new Evidence("relative gain of held-out loss", gain / Math.Abs(shift.Loss)) { Threshold = _options.LeastGain },
                new Evidence("gain in standard errors", gain / shift.StandardError) { Threshold = _options.StandardErrors, Unit = "se" },
            ],
            Proof = new Proof(ProofKind.Experiment, $"Running statistics gathered anew from training batches in evaluation mode, no parameter changed: held-out loss {Words.Number(shift.Loss)} before, {Words.Number(shift.RecalibratedLoss)} after."),
            Advice =
            [
                new Advice(
                    "Gather the statistics anew after training, with dropout off (some 50 batches).",
                    "model.eval(); foreach (var m in model.modules()) if (m.GetType().Name.StartsWith(\"BatchNorm\")) m.train(); using (torch.no_grad()) foreach (var x in trainingBatches) model.call(x); model.eval();"),
                new Advice(dropouts.Count > 0 ? $"Or train with dropout after the last batch normalisation only: move {Words.Names(dropouts)}." : "Or train on batches as evaluation sees them, augmentation included."),
            ],
        };
    }
}
