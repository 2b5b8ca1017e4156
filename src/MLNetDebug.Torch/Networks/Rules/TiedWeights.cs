using MLNetDebug.Data;

namespace MLNetDebug.Torch.Networks;

/// <summary>One memory that is listed under two names, or handed to one optimizer twice: TorchSharp's optimizers step on it as often.</summary>
internal sealed class TiedWeights : Rule<NetworkProfile>
{
    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.TiedWeights, nameof(RuleIds.TiedWeights), "A tied weight is updated twice in one step.",
        RuleCategory.Optimizer, Severity.Warning, ProofKind.Fact);

    protected override void Judge(NetworkProfile measured, FindingSink sink)
    {
        foreach (var tied in measured.Parameters.Where(p => p.TiedTo is not null && !measured.DeclaredTies.Any(d => d.Contains(p.Name) && d.Contains(p.TiedTo))))
            sink.Report(Draft(measured, tied));
        foreach (var optimizer in measured.Optimizers)
        {
            // Two optimizers may take turns on one parameter; one that holds it twice steps on it twice.
            var twice = optimizer.Groups.SelectMany(g => g.Parameters).CountBy(n => n).Where(c => c.Value > 1 && !measured.Parameters.Any(p => p.TiedTo == c.Key)).ToArray();
            if (twice.Length > 0)
                sink.Report(Draft(optimizer, twice));
        }
    }

    private static FindingDraft Draft(OptimizerProfile optimizer, KeyValuePair<string, int>[] twice) => new(
        Places.Parameter(twice[0].Key),
        $"{optimizer.Kind} was given {Words.Names([.. twice.Select(t => $"`{t.Key}`")])} more than once ({Words.Number(twice[0].Value)} times the first): each step moves it that many times as far as the learning rate says.")
    {
        Evidence = [new Evidence("updates per step", twice[0].Value) { Threshold = 1 }],
        Advice = [new Advice("Give the optimizer each parameter once.", $"var optimizer = {OptimizerCode.Create(OptimizerCode.IsKnown(optimizer.Kind) ? optimizer.Kind : "Adam", optimizer.Groups[0], "model.parameters()")};")],
    };

    private static FindingDraft Draft(NetworkProfile profile, ParameterProfile tied)
    {
        var updates = tied.Updates ?? 0;
        var optimizer = profile.Optimizers.FirstOrDefault(o => o.Groups.Any(g => g.Parameters.Contains(tied.TiedTo)));
        var group = optimizer?.Groups.First(g => g.Parameters.Contains(tied.TiedTo));
        var kind = optimizer is { Kind: var known } && OptimizerCode.IsKnown(known) ? known : "Adam";
        var once = OptimizerCode.Create(kind, group, $"model.named_parameters().Where(p => p.name != {Words.Literal(tied.Name)}).Select(p => p.parameter)");
        var isTwice = updates >= 2;
        return new FindingDraft(
            Places.Parameter(tied.Name),
            $"`{tied.Name}` and `{tied.TiedTo}` are one tensor of {Words.Count(tied.Facts.Count, "element")} under two names" +
            (isTwice
                ? $", and {optimizer?.Kind ?? "the optimizer"} holds it {Words.Number(updates)} times: each step moves it {Words.Number(updates)} times as far as the learning rate says."
                : tied.Updates is null ? ": an optimizer that is given `model.parameters()` steps on it twice." : ". The optimizer holds it at most once, as it should."))
        {
            Severity = isTwice ? Severity.Warning : Severity.Info,
            Evidence = [new Evidence("updates per step", updates) { Threshold = 1 }],
            Advice =
            [
                new Advice("Give the optimizer each tensor once.", $"var optimizer = {once};"),
                new Advice(
                    "Where the two are tied on purpose, say so to the check.",
                    $"new NetworkCheckOptions {{ TiedParameters = [[{Words.Literal(tied.TiedTo!)}, {Words.Literal(tied.Name)}]] }}"),
            ],
        };
    }
}
