using MLNetDebug.Data;

namespace MLNetDebug.Torch.Networks;

/// <summary>Trainable parameters that stand in a field and are registered with no module: nothing trains, saves or moves them.</summary>
internal sealed class UnregisteredModules : Rule<NetworkProfile>
{
    public override RuleDescriptor Descriptor { get; } = new(
        RuleIds.UnregisteredModules, nameof(RuleIds.UnregisteredModules), "Modules or parameters are held and not registered.", RuleCategory.Structure, Severity.Warning, ProofKind.Fact);

    protected override void Judge(NetworkProfile measured, FindingSink sink)
    {
        foreach (var holder in measured.Unregistered.GroupBy(u => u.Holder))
            sink.Report(Draft(measured, [.. holder]));
    }

    private static FindingDraft Draft(NetworkProfile profile, UnregisteredProfile[] held)
    {
        var first = held[0];
        var holder = first.Holder.Length > 0 ? $"`{first.Holder}` ({first.HolderType})" : $"the network ({first.HolderType})";
        var elements = held.Sum(h => h.Elements);
        var parameters = held.Sum(h => h.Parameters);
        var foreign = profile.Optimizers.Sum(o => o.Groups.Sum(g => g.Foreign));
        var trained = foreign >= parameters
            ? $"The optimizer holds {Words.Count(foreign, "parameter")} that the network does not list, maybe these: then they are trained, but"
            : "An optimizer made of parameters() does not train them,";
        return new FindingDraft(
            new Subject(SubjectKind.Layer, first.Holder.Length > 0 ? $"{first.Holder}.{first.Field}" : first.Field),
            $"{Words.Names([.. held.Select(h => $"`{h.Field}` ({h.Type})")])}: {holder} holds {Words.Count(elements, "trainable element")} in fields that are not registered. {trained} save() does not write them, to() does not move them, and train() and eval() do not reach them.")
        {
            Evidence =
            [
                new Evidence("unregistered parameters", parameters) { Threshold = 0, Unit = "parameters" },
                new Evidence("unregistered elements", elements) { Unit = "elements" },
            ],
            Advice = [.. AdviceFor(held).DistinctBy(a => a.Code)],
        };
    }

    private static IEnumerable<Advice> AdviceFor(UnregisteredProfile[] held)
    {
        foreach (var field in held.Where(h => h.IsInCollection).GroupBy(h => Root(h.Field)))
        {
            var type = field.Select(h => h.Type).Distinct().ToList() is [var one] ? one : "nn.Module<Tensor, Tensor>";
            yield return new Advice(
                $"{field.First().HolderType}: no list, array or dictionary of .NET's own registers what it holds; take TorchSharp's.",
                type is "Parameter" or "Tensor" ? $"{field.Key} = new ParameterList(...);   // in place of a list of {type}"
                : field.First().Field.Contains("[\"", StringComparison.Ordinal) ? $"ModuleDict<{type}> {field.Key} = nn.ModuleDict<{type}>(...);   // named pairs"
                : $"ModuleList<{type}> {field.Key} = nn.ModuleList<{type}>(...);   // then RegisterComponents()");
        }

        var single = held.Where(h => !h.IsInCollection).ToList();
        if (single.Count == 0)
            yield break;
        if (held[0].HolderRegistersNothing)
        {
            yield return new Advice($"Register what the fields hold, as the last line of the constructor of {held[0].HolderType}.", "RegisterComponents();");
            yield break;
        }

        foreach (var h in single)
        {
            var name = Words.Literal(Root(h.Field));
            yield return new Advice(
                $"Set `{h.Field}` before RegisterComponents(), which must be the last line of the constructor, or register it by itself.",
                h.Type == "Tensor" ? $"register_parameter({name}, {h.Field} = new Parameter(...));"
                : h.Type is "Parameter" ? $"register_parameter({name}, {h.Field});" : $"register_module({name}, {h.Field});");
        }
    }

    // The field itself, without the index, the item of a tuple or what lies within it.
    private static string Root(string field) => field.IndexOfAny(['[', '.']) is var end and > 0 ? field[..end] : field;
}
