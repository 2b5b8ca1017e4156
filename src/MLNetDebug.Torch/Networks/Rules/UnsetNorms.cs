using MLNetDebug.Data;

namespace MLNetDebug.Torch.Networks;

/// <summary>
/// Normalisations whose scale or shift nobody has set: TorchSharp 0.107.0 leaves both of a GroupNorm as the memory was (1e17, -2e7, 4e-41 were seen), where 1 and 0 are meant. Shared by the rule
/// on initial scales.
/// </summary>
internal static class UnsetNorms
{
    // No training brings a scale here: numbers beyond are other data's bits.
    private const double Largest = 1e4;
    private const double Smallest = 1e-30;

    public static IEnumerable<FindingDraft> Judge(NetworkProfile profile)
    {
        var unset = profile.Parameters.Where(p => p.Role is ParameterRole.Scale or ParameterRole.Shift && IsUnset(p.Facts)).GroupBy(p => p.Module).ToArray();
        if (unset.Length == 0)
            yield break;
        var first = unset[0].First();
        var module = profile.Modules.FirstOrDefault(m => m.Name == first.Module);
        var others = unset.Skip(1).Select(g => $"`{g.Key}`").ToArray();
        yield return new FindingDraft(
            Places.Module(profile, first.Module),
            $"`{first.Name}`{(module is null ? "" : $" of {Places.Named(module)}")} holds numbers between {Words.Number(first.Facts.Min)} and {Words.Number(first.Facts.Max)}{(first.Facts.NonFinite > 0 ? $", {Words.Count(first.Facts.NonFinite, "element")} not finite" : "")}: " +
            $"memory that nobody has set, where a scale starts at 1 and a shift at 0. TorchSharp 0.107.0 leaves a GroupNorm so.{(others.Length > 0 ? $" The same goes for {Words.Names(others)}." : "")}")
        {
            Evidence = [new Evidence($"largest absolute element of {first.Name}", Math.Max(Math.Abs(first.Facts.Min), Math.Abs(first.Facts.Max))) { Threshold = Largest }],
            Advice = [new Advice($"Set both before training. {InitCode.KeepReturn}", string.Join('\n', unset.Take(Words.MaxNames).Select(g => Code(g.Key))))],
        };
    }

    /// <summary>The lines that set a normalisation's scale and shift.</summary>
    public static string Code(string module)
    {
        var place = StructureCode.Expression(module);
        return $"_ = torch.nn.init.ones_({place}.weight); _ = torch.nn.init.zeros_({place}.bias);";
    }

    // All exactly 0 is a choice: the last scale of a residual branch.
    private static bool IsUnset(TensorFacts facts) =>
        facts.NonFinite > 0 || Math.Max(Math.Abs(facts.Min), Math.Abs(facts.Max)) is > Largest or (> 0 and < Smallest);
}
