using System.ComponentModel.DataAnnotations;
using MLNetDebug.Data;

namespace MLNetDebug.Torch.Networks;

/// <summary>Options of MLD204.</summary>
public sealed record ActivationBeforeSoftmaxOptions : RuleOptions
{
    /// <summary>The share of logits that are exactly 0, none being negative, from which on a ReLU is suspected, in [0.001, 0.999]. Default 0.05.</summary>
    [Range(0.001, 0.999)]
    public double ZeroShare { get; init; } = 0.05;

    /// <summary>The share of logits beyond 0.99, none being beyond 1, from which on a tanh is suspected, in [0.001, 0.999]. Default 0.01.</summary>
    [Range(0.001, 0.999)]
    public double EdgeShare { get; init; } = 0.01;

    /// <summary>Fewer logits than this at an edge prove no activation that the flow does not show, in [1, 10000]. Default 10.</summary>
    [Range(1, 10_000)]
    public int LeastAtEdge { get; init; } = 10;
}

/// <summary>An activation between the last layer and the softmax (or sigmoid) that turns logits into probabilities: it cuts off the logits that make them certain.</summary>
internal sealed class ActivationBeforeSoftmax(ActivationBeforeSoftmaxOptions? options = null) : Rule<NetworkProfile>
{
    private readonly ActivationBeforeSoftmaxOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.ActivationBeforeSoftmax, nameof(RuleIds.ActivationBeforeSoftmax), "An activation stands between the last layer and the softmax.",
        RuleCategory.LossAndOutput, Severity.Warning, ProofKind.Fact)
    { Notes = [4], SymptomOf = [RuleIds.OneClassSoftmax] };

    public override RuleOptions Options => _options;

    protected override void Judge(NetworkProfile measured, FindingSink sink)
    {
        if (measured.Loss is not { } loss)
            return;
        if (loss is { Kind: LossKind.Unknown, Error: null })
            sink.NotChecked(Places.Loss(loss), "what it expects: none of TorchSharp's losses gives its value on this batch, so logits, probabilities and targets could not be told right or wrong");
        var softmax = LossSteps.Last(measured);
        if (softmax is { Kind: ModuleKind.Softmax or ModuleKind.LogSoftmax })
        {
            if (LossSteps.Before(measured, softmax) is { Kind: ModuleKind.Activation } inner && measured.Values[softmax.Inputs[0]].Facts is { } facts)
                Structural(measured, inner, facts, facts.Rank > 0 ? facts.Shape[Math.Min(softmax.Operation?.Dimension ?? 1, facts.Rank - 1)] : 1, softmax.Display, sink);
            return;
        }

        if (loss.Kind is not (LossKind.CrossEntropy or LossKind.BinaryCrossEntropyWithLogits) || loss.InputRows is not { } rows || (loss.Kind == LossKind.CrossEntropy && rows.Classes < 2))
            return;
        if (softmax is { Kind: ModuleKind.Activation })
            Structural(measured, softmax, loss.Input, rows.Classes, LossSteps.Named(loss), sink);
        // A layer of TorchSharp's own has given the logits as they are: nothing stands behind it.
        else if (softmax?.Module is not { IsBuiltIn: true } || measured.Values[softmax.Output].Facts.Min != loss.Input.Min)
            ByValues(measured, loss, rows, sink);
    }

    private void Structural(NetworkProfile profile, FlowStep step, TensorFacts facts, long classes, string before, FindingSink sink)
    {
        var reach = ActivationReach.Of(step);
        var isBinary = profile.Loss!.Kind == LossKind.BinaryCrossEntropyWithLogits;
        // Bounds that the values do not keep are not this step's: something was changed in place. Wide ones are a cap that is meant.
        if ((classes < 2 && !isBinary) || (reach is not null && (facts.Min < reach.Low - 0.01 || facts.Max > reach.High + 0.01 || LogitActivations.IsCap(reach))))
            return;
        var harms = LogitActivations.Harms(step.Function, reach, isBinary);
        sink.Report(LogitActivations.Draft(profile, step, step.Function, reach, facts, classes, before) with
        {
            Severity = harms ? null : Severity.Info,
            // A ReLU that cuts hardly anything off may do no harm yet.
            Confidence = step.Function != "relu" || isBinary || facts.ZeroShare > _options.ZeroShare ? Confidence.Confirmed : Confidence.Suspected,
        });
    }

    private void ByValues(NetworkProfile profile, LossProfile loss, DistributionFacts rows, FindingSink sink)
    {
        var read = Math.Min(rows.Rows * rows.Classes, loss.Input.Count);
        var isAtEdge = rows.EdgeShare > _options.EdgeShare && rows.EdgeShare * read >= _options.LeastAtEdge;
        var (function, reach) = rows switch
        {
            { IsProbabilities: true } => ("", null),
            // A last layer that starts at 0 gives nothing else.
            { Min: 0, Max: > 0 } when rows.ZeroShare > _options.ZeroShare && rows.ZeroShare * read >= _options.LeastAtEdge => ("relu", new ActivationReach(0, double.PositiveInfinity)),
            { Min: >= -1, Max: <= 1 and > 0.99 } when isAtEdge && rows.Min < -0.5 => ("tanh", new(-1, 1)),
            { Min: >= 0 and < 0.01, Max: <= 1 and > 0.99 } when isAtEdge => ("sigmoid", new(0, 1)),
            { Min: > 0.02, Max: < 0.98, Classes: >= 5 } when IsCentred(loss.Input) && read >= 300 => ("sigmoid", new ActivationReach(0, 1)),
            _ => ("", null),
        };
        if (reach is not null)
            sink.Report(LogitActivations.Draft(profile, null, function, reach, loss.Input, rows.Classes, LossSteps.Named(loss)) with { Confidence = Confidence.Suspected });
    }

    // The sigmoid of small logits: logits themselves lie around 0, not around a half, and those of five classes are not all above it by chance.
    private static bool IsCentred(TensorFacts logits) => logits is { Mean: > 0.4 and < 0.6, StandardDeviation: >= 0.01 };
}
