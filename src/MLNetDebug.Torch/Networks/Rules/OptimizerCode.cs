using System.Globalization;
using MLNetDebug.Data;

namespace MLNetDebug.Torch.Networks;

/// <summary>Code that makes an optimizer again with what it was made with, apart from what shall change.</summary>
internal static class OptimizerCode
{
    // All of them take the parameters, then the learning rate, and their groups take options that fall back to the optimizer's own.
    private static readonly HashSet<string> Kinds = ["SGD", "Adam", "AdamW", "RMSProp", "Adagrad", "Adadelta", "Adamax", "NAdam", "RAdam", "ASGD"];

    /// <summary>True where code can be written for it.</summary>
    public static bool IsKnown(string kind) => Kinds.Contains(kind);

    /// <summary><c>torch.optim.SGD(model.parameters(), 0.1, momentum: 0.9)</c></summary>
    public static string Create(string kind, ParameterGroupProfile? group, string parameters, bool keepsDecay = true)
    {
        var settings = string.Concat(Settings(kind, group, keepsDecay).Select(s => $", {s.Name}: {Number(s.Value)}"));
        return $"torch.optim.{kind}({parameters}{(group is { LearningRate: var rate } && double.IsFinite(rate) ? $", {Number(rate)}" : string.Empty)}{settings})";
    }

    /// <summary>The optimizer again, its decayed parameters in one group and the named ones in another.</summary>
    /// <param name="kind">The kind to make.</param>
    /// <param name="group">The group that decays.</param>
    /// <param name="undecayed">Names of those that shall not decay.</param>
    /// <param name="byRank">True where a split by rank gives the same two groups, so that names need not be written out.</param>
    public static string Split(string kind, ParameterGroupProfile group, IReadOnlyList<string> undecayed, bool byRank)
    {
        var decays = byRank ? "p.parameter.dim() > 1" : "!still.Contains(p.name)";
        var rests = byRank ? "p.parameter.dim() <= 1" : "still.Contains(p.name)";
        var names = byRank ? string.Empty : $"string[] still = [{string.Join(", ", undecayed.Select(Words.Literal))}];\n";
        var type = $"TorchSharp.Modules.{kind}";
        string Group(string which, double decay) =>
            $"new {type}.ParamGroup([.. named.Where(p => {which}).Select(p => p.parameter)], new {type}.Options {{ weight_decay = {Number(decay)} }})";
        return $"{names}var named = model.named_parameters().ToArray();\n" +
            $"var optimizer = {Create(kind, group, $"[\n    {Group(decays, group.WeightDecay ?? 0)},\n    {Group(rests, 0)}]", keepsDecay: false)};";
    }

    /// <summary>A number as C# writes it.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static IEnumerable<(string Name, double Value)> Settings(string kind, ParameterGroupProfile? group, bool keepsDecay)
    {
        if (group is null)
            yield break;
        if (group.Momentum is > 0 and var momentum && kind is "SGD" or "RMSProp")
            yield return ("momentum", momentum);
        if (group.Betas is var (first, second) && group.Betas != (0.9, 0.999))
        {
            yield return ("beta1", first);
            yield return ("beta2", second);
        }

        if (keepsDecay && group.WeightDecay is > 0 and var decay)
            yield return ("weight_decay", decay);
    }
}
