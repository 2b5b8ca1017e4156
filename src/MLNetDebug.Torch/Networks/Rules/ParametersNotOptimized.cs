using MLNetDebug.Data;

namespace MLNetDebug.Torch.Networks;

/// <summary>Trainable parameters that no optimizer holds: they keep their first values.</summary>
internal sealed class ParametersNotOptimized : Rule<NetworkProfile>
{
    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.ParametersNotOptimized, nameof(RuleIds.ParametersNotOptimized), "Trainable parameters are held by no optimizer.",
        RuleCategory.Optimizer, Severity.Warning, ProofKind.Fact);

    protected override void Judge(NetworkProfile measured, FindingSink sink)
    {
        if (measured.Optimizers.Count == 0)
            return;
        var trainable = measured.Parameters.Where(p => p is { RequiresGrad: true, TiedTo: null }).ToArray();
        if (trainable.Any(p => p.Updates is null))
        {
            var silent = measured.Optimizers.FirstOrDefault(o => o.Groups.Count == 0) ?? measured.Optimizers[0];
            sink.NotChecked(Places.Optimizer(silent), "which parameters it trains: it shows no parameter groups");
        }

        var missing = trainable.Where(p => p.Updates == 0).ToArray();
        if (missing.Length > 0)
            sink.Report(Draft(measured, trainable, missing));
    }

    private static FindingDraft Draft(NetworkProfile profile, ParameterProfile[] trainable, ParameterProfile[] missing)
    {
        var foreign = profile.Optimizers.Sum(o => o.Groups.Sum(g => g.Foreign));
        var isAll = missing.Length == trainable.Length;
        var isHead = foreign == 0 && !isAll && TrainsHeadOnly(trainable);
        var elements = missing.Sum(p => p.Facts.Count);
        var total = trainable.Sum(p => p.Facts.Count);
        var names = Words.Names([.. missing.Select(p => $"`{p.Name}`")]);
        var optimizer = profile.Optimizers[0];
        return new FindingDraft(
            Places.Module(profile, missing[0].Module),
            (isAll ? $"No optimizer holds any of the network's {Words.Count(trainable.Length, "trainable parameter")}: training changes nothing."
                : $"{Words.Number(missing.Length)} of {Words.Count(trainable.Length, "trainable parameter")} ({Words.Percent(elements / (double)Math.Max(total, 1))} of the elements) are held by no optimizer and keep their first values: {names}.") +
            (foreign > 0 ? $" It holds {Words.Count(foreign, "parameter")} that are none of this network's: it was made for another one, or before `to(...)` or a new layer took their place." : string.Empty) +
            (isHead ? " What is trained is the end of the network alone, which works where the rest was trained before." : string.Empty))
        {
            Severity = isHead ? Severity.Info : Severity.Warning,
            Evidence =
            [
                new Evidence("parameters without an optimizer", missing.Length) { Threshold = 0, Unit = "parameters" },
                new Evidence("their share of the elements", elements / (double)Math.Max(total, 1)) { Threshold = 0 },
                new Evidence("parameters of another network", foreign) { Threshold = 0, Unit = "parameters" },
            ],
            Advice =
            [
                new Advice(
                    "Make the optimizer of all parameters, once the network is complete and where it will train.",
                    $"var optimizer = {OptimizerCode.Create(OptimizerCode.IsKnown(optimizer.Kind) ? optimizer.Kind : "Adam", optimizer.Groups.Count > 0 ? optimizer.Groups[0] : null, "model.parameters()")};"),
                .. isAll ? Array.Empty<Advice>() :
                [
                    new Advice("If they shall stay as they are, freeze them: that also spares their gradients.", Freeze(missing)),
                ],
            ],
        };
    }

    /// <summary>
    /// Fine-tuning as it is often written: the optimizer is given the last modules, and the larger rest, two modules at least, stays as it was. One module that is left out is more likely forgotten.
    /// </summary>
    private static bool TrainsHeadOnly(ParameterProfile[] trainable)
    {
        var missing = trainable.TakeWhile(p => p.Updates == 0).ToArray();
        var head = trainable.Skip(missing.Length).ToArray();
        var (left, trained) = (missing.Select(p => p.Module).Distinct().Count(), head.Select(p => p.Module).Distinct().Count());
        return head.All(p => p.Updates > 0) && left >= 2 && trained <= left && !missing.Select(p => p.Module).Intersect(head.Select(p => p.Module)).Any();
    }

    private static string Freeze(ParameterProfile[] missing) => missing.Length <= Words.MaxNames
        ? $"foreach (var name in new[] {{ {string.Join(", ", missing.Select(p => Words.Literal(p.Name)))} }})\n    model.get_parameter(name)!.requires_grad = false;"
        : "var held = optimizer.parameters().Select(p => p.Handle).ToHashSet();\nforeach (var p in model.parameters().Where(p => !held.Contains(p.Handle)))\n    p.requires_grad = false;";
}
