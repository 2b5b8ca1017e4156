using MLNetDebug.Data;

namespace MLNetDebug.Torch.Networks;

/// <summary>Weights whose units start alike, and what a trial says of them. Shared by the rules on zero and on equal weights.</summary>
internal static class StuckWeights
{
    /// <summary>At most so many modules are reported one by one.</summary>
    public const int MaxFindings = 5;

    /// <summary>Trainable weights of several units that are all alike; each memory once.</summary>
    public static IEnumerable<ParameterProfile> Of(NetworkProfile profile) =>
        profile.Parameters.Where(p => p is { RequiresGrad: true, UnitsAlike: true, TiedTo: null, Role: ParameterRole.Weight or ParameterRole.Other, Facts: { Rank: >= 2, Count: > 0, NonFinite: 0 } });

    public static bool IsZero(ParameterProfile parameter) => parameter.Facts is { Min: 0, Max: 0 };

    /// <summary>Reports the weights that the trial left stuck, one finding per module; says which could not be tried.</summary>
    /// <param name="profile">The network.</param>
    /// <param name="sink">Takes the findings.</param>
    /// <param name="suspicious">The weights that the rule asks about.</param>
    /// <param name="draft">Makes a finding's message and evidence of one weight.</param>
    public static void Judge(NetworkProfile profile, FindingSink sink, IEnumerable<ParameterProfile> suspicious, Func<ParameterProfile, SymmetryTrial, (string Message, IReadOnlyList<Evidence> Evidence)> draft)
    {
        var weights = suspicious.ToArray();
        if (weights.FirstOrDefault(p => p.Trial is null) is { } untried)
        {
            var names = weights.Where(p => p.Trial is null).Select(p => $"`{p.Name}`").ToArray();
            sink.NotChecked(Places.Module(profile, untried.Module), $"whether {Words.Names(names)}, whose units start alike, would come apart: {(profile.Loss is null ? "no loss was given" : "no gradient could be taken")}");
        }

        var stuck = weights.Where(p => p.Trial is { } trial && (!trial.Moved || trial.UnitsAlike)).GroupBy(p => p.Module).ToArray();
        var flow = stuck.Length > 0 ? new NetworkFlow(profile) : null;
        foreach (var module in stuck.Take(MaxFindings))
        {
            var (message, evidence) = draft(module.First(), module.First().Trial!);
            var others = module.Skip(1).Select(p => $"`{p.Name}`").ToArray();
            if (others.Length > 0)
                message += $" The same holds for {Words.Names(others)}.";
            if (stuck.Length > MaxFindings && module == stuck[0])
                message += $" It is the first of {Words.Count(stuck.Length, "such layer")}, of which {MaxFindings} are reported.";
            sink.Report(new FindingDraft(Places.Module(profile, module.Key), message)
            {
                Evidence = evidence,
                Proof = new Proof(ProofKind.Experiment, $"{Words.Count(module.First().Trial!.Steps, "step")} of gradient descent on this batch, dropout off, taken back afterwards"),
                Advice =
                [
                    new Advice(
                        $"Draw the weights at random; biases may start at 0. {InitCode.KeepReturn}",
                        string.Join('\n', module.Take(MaxFindings).Select(p => InitCode.For(flow!, p)))),
                ],
            });
        }
    }

    /// <summary>The module in words, with its parameter.</summary>
    public static string Named(NetworkProfile profile, ParameterProfile parameter) =>
        profile.Modules.FirstOrDefault(m => m.Name == parameter.Module) is { Name.Length: > 0 } module ? $"`{parameter.Name}` of {Places.Named(module)}" : $"`{parameter.Name}`";
}
