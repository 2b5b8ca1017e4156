using System.ComponentModel.DataAnnotations;
using MLNetDebug.Data;

namespace MLNetDebug.Torch.Networks;

/// <summary>Options of MLD310.</summary>
public sealed record InitialLossOptions : RuleOptions
{
    /// <summary>How many times the loss of a guess among the classes is too much, in [1.1, 1000]. Default 2.</summary>
    [Range(1.1, 1000.0)]
    public double High { get; init; } = 2;

    /// <summary>Which part of the loss of a guess among the classes is suspiciously little, in [0, 0.9]. Default 0.2.</summary>
    [Range(0.0, 0.9)]
    public double Low { get; init; } = 0.2;

    /// <summary>How many times the targets' variance a squared error is worth a word, in [2, 1000000000]; of an absolute error it is the square root. Default 100.</summary>
    [Range(2.0, 1e9)]
    public double Regression { get; init; } = 100;

    /// <summary>Fewer rows than this tell nothing, in [1, 1000000]. Default 8.</summary>
    [Range(1, 1_000_000)]
    public int LeastRows { get; init; } = 8;
}

/// <summary>The loss before the first step against that of a guess: a network that knows nothing should give what knowing nothing costs.</summary>
internal sealed class InitialLoss(InitialLossOptions? options = null) : Rule<NetworkProfile>
{
    private readonly InitialLossOptions _options = options ?? new();

    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.InitialLoss, nameof(RuleIds.InitialLoss), "The loss before the first step is far from that of a guess.", RuleCategory.LossAndOutput, Severity.Warning, ProofKind.Fact)
    {
        Notes = [1],
        SymptomOf =
        [
            RuleIds.OneClassSoftmax, RuleIds.LogitsIntoProbabilityLoss, RuleIds.ProbabilitiesIntoCrossEntropy, RuleIds.ActivationBeforeSoftmax, RuleIds.BroadcastLoss, RuleIds.OutputRange,
            RuleIds.InitialScale,
        ],
    };

    public override RuleOptions Options => _options;

    protected override void Judge(NetworkProfile measured, FindingSink sink)
    {
        if (measured.Loss is not { Call: 0, Error: null, InputRows: { } rows } loss || !double.IsFinite(loss.MeanLoss))
            return;
        switch (loss.Kind)
        {
            case LossKind.CrossEntropy:
            case LossKind.NegativeLogLikelihood when !(rows.MaxLogSumExp > 0.1):
                Classify(measured, loss, rows.Rows, Math.Log(rows.Classes), $"ln {Words.Number(rows.Classes)}", sink);
                break;
            case LossKind.BinaryCrossEntropy or LossKind.BinaryCrossEntropyWithLogits when !loss.HasClassWeights && loss.Target is { Min: >= -1e-6, Max: <= 1 + 1e-6 }:
                Classify(measured, loss, loss.Input.Count, Math.Log(2), "ln 2", sink);
                break;
            case LossKind.MeanSquaredError or LossKind.AbsoluteError when loss.Target.Shape.FirstOrDefault() >= _options.LeastRows:
                Regress(measured, loss, sink);
                break;
        }
    }

    private void Classify(NetworkProfile profile, LossProfile loss, long rows, double guess, string formula, FindingSink sink)
    {
        if (rows < _options.LeastRows || guess <= 0)
            return;
        var numbers = new[]
        {
            new Evidence("mean loss before the first step", loss.MeanLoss) { Unit = "nats" }, new Evidence("loss of a guess", guess) { Unit = "nats" },
            new Evidence("loss of the best constant answer", loss.ConstantLoss) { Unit = "nats" }, new Evidence("median lead of the largest logit", loss.MedianMargin),
        }.Where(e => double.IsFinite(e.Value)).ToArray();
        var step = LossSteps.Last(profile);
        if (loss.MeanLoss > _options.High * guess && !(loss.MeanLoss <= loss.ConstantLoss))
        {
            sink.Report(new FindingDraft(
                LossSteps.Subject(profile, step),
                $"Before the first step the loss is {Words.Number(loss.MeanLoss)}; a guess costs {Words.Number(guess)} ({formula}). {LossSteps.Capital(LossSteps.Output(step))} is between {Words.Number(loss.Input.Min)} and " +
                $"{Words.Number(loss.Input.Max)}: the network is sure of what it cannot know yet, and training begins by unlearning it.")
            {
                Evidence = [numbers[0] with { Threshold = _options.High * guess }, .. numbers[1..]],
                Advice =
                [
                    new Advice("Look at the scale of the inputs first (zero mean, standard deviation 1), then at the initial weights.", "input = (input - mean) / std;"),
                    new Advice("Let the last layer start small.", step is { Kind: ModuleKind.Linear, Module: { } m } ? $"using (no_grad()) {StructureCode.Expression(m.Name)}.weight.mul_(0.1);" : "using (no_grad()) lastLayer.weight.mul_(0.1);"),
                ],
            });
        }
        else if (loss.MeanLoss < _options.Low * guess && loss.MeanLoss < 0.5 * loss.ConstantLoss && loss.MeanLoss >= 0)
        {
            sink.Report(new FindingDraft(
                LossSteps.Subject(profile, step),
                $"Before the first step the loss is {Words.Number(loss.MeanLoss)}, while a guess costs {Words.Number(guess)} ({formula}). That is right for a network that was trained before; of a new one the input holds the answer.")
            {
                Severity = Severity.Info,
                Confidence = Confidence.Suspected,
                Evidence = [numbers[0] with { Threshold = _options.Low * guess }, .. numbers[1..]],
                Advice = [new Advice("If it was not trained before, look for the label among the inputs.")],
            });
        }
    }

    private void Regress(NetworkProfile profile, LossProfile loss, FindingSink sink)
    {
        var factor = loss.Kind == LossKind.AbsoluteError ? Math.Sqrt(_options.Regression) : _options.Regression;
        if (!(loss.ConstantLoss > 0 && loss.MeanLoss > factor * loss.ConstantLoss))
            return;
        var step = LossSteps.Last(profile);
        sink.Report(new FindingDraft(
            LossSteps.Subject(profile, step),
            $"Before the first step the loss is {Words.Number(loss.MeanLoss)}, {Words.Number(loss.MeanLoss / loss.ConstantLoss)} times that of the best constant answer ({Words.Number(loss.ConstantLoss)}). " +
            $"The targets lie around {Words.Number(loss.Target.Mean)}, the outputs around {Words.Number(loss.Input.Mean)}: the first steps go into nothing but that distance.")
        {
            Confidence = Confidence.Suspected,
            Evidence = [new Evidence("mean loss before the first step", loss.MeanLoss) { Threshold = factor * loss.ConstantLoss }, new Evidence("loss of the best constant answer", loss.ConstantLoss)],
            Advice =
            [
                new Advice("Standardise the targets by the training data, or let the last bias start at their mean.",
                    step is { Kind: ModuleKind.Linear, Module: { } m } ? $"using (no_grad()) {StructureCode.Expression(m.Name)}.bias!.fill_({Words.Number(loss.Target.Mean)});" : "target = (target - mean) / std;"),
            ],
        });
    }
}
