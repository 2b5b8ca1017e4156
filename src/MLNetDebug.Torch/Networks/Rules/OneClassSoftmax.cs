namespace MLNetDebug.Torch.Networks;

/// <summary>A softmax over one class: it gives 1 whatever it is fed, its loss is 0, and nothing learns.</summary>
internal sealed class OneClassSoftmax : Rule<NetworkProfile>
{
    // So many ones are no chance; a sigmoid that saturates on all of them is as dead.
    private const int LeastOnes = 8;

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.OneClassSoftmax, nameof(RuleIds.OneClassSoftmax), "A softmax runs over a dimension of one.", RuleCategory.LossAndOutput, Severity.Error, ProofKind.Fact)
    { Notes = [1] };

    protected override void Judge(NetworkProfile measured, FindingSink sink)
    {
        if (measured.Loss is not { } loss)
            return;
        var step = LossSteps.Last(measured);
        if (loss.Kind is LossKind.CrossEntropy && loss.InputRows?.Classes == 1 && loss.Input.Rank > 1)
            sink.Report(Draft(measured, loss, step, $"{LossSteps.Named(loss)} is given one class, {loss.Input.ShapeText} from {LossSteps.Output(step)}: its softmax gives 1 for every row"));
        else if (step is { Kind: ModuleKind.Softmax or ModuleKind.LogSoftmax } && measured.Values[step.Output].Facts is { } facts && LossCode.Dimension(step, facts.Rank) is { } d && d < facts.Rank && facts.Shape[d] == 1)
            sink.Report(Draft(measured, loss, step, $"{step.Display} runs over dimension {d} of {facts.ShapeText}, which holds one element: it gives {(step.Kind == ModuleKind.Softmax ? "1" : "0")} whatever comes in"));
        else if (loss.Kind is LossKind.NegativeLogLikelihood && loss.InputRows?.Classes == 1 && loss.Input is { Rank: > 1, Min: 0, Max: 0 })
            sink.Report(Draft(measured, loss, step, $"{LossSteps.Named(loss)} is given {loss.Input.ShapeText}, one class, and every log-probability is 0"));
        else if (loss.Kind is LossKind.BinaryCrossEntropy && step is null && loss.Input is { Rank: > 1, Min: 1, Max: 1, Count: >= LeastOnes } && loss.Input.Shape[^1] == 1)
            sink.Report(Draft(measured, loss, step, $"Every probability that {LossSteps.Named(loss)} is given is exactly 1, as from a softmax over the one output of {loss.Input.ShapeText}") with { Severity = Severity.Warning, Confidence = Confidence.Suspected });
    }

    private static FindingDraft Draft(NetworkProfile profile, LossProfile loss, FlowStep? step, string what) => new(
        LossSteps.Subject(profile, step), $"{what}. No gradient passes, and the network does not learn.")
    {
        Evidence = [new Evidence("classes", 1) { Threshold = 2 }, .. double.IsNaN(loss.Value) ? [] : new[] { new Evidence("loss", loss.Value) }],
        Advice =
        [
            new Advice("For two classes with one output, give the loss the raw score and a target of 0 or 1 in the same shape.", "var loss = nn.BCEWithLogitsLoss();   // target: float, " + loss.Input.ShapeText),
            new Advice("Or give the last layer one output per class.", $"{(step is { Kind: ModuleKind.Linear, Module: { } m } ? StructureCode.Expression(m.Name) : "lastLayer")} = nn.Linear({Inputs(step)}, classes);"),
        ],
    };

    private static string Inputs(FlowStep? step) =>
        step?.Module?.Settings.TryGetValue("in_features", out var inputs) == true ? ((long)inputs).ToString(System.Globalization.CultureInfo.InvariantCulture) : "inputs";
}
