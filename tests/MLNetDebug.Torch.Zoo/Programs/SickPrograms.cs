using MLNetDebug.Torch.Zoo.Data;
using MLNetDebug.Torch.Zoo.Faults;
using MLNetDebug.Zoo.Bases;

namespace MLNetDebug.Torch.Zoo.Programs;

/// <summary>The sick programs of all rules on networks: for each rule three on Score at least, on different architectures and data.</summary>
internal static class SickPrograms
{
    public static IReadOnlyList<NetworkProgram> All { get; } = [.. WeightPrograms.All, .. StructurePrograms.All, .. LossPrograms.All, .. OptimizerPrograms.All];

    /// <summary>The sick programs of one split.</summary>
    public static IEnumerable<NetworkProgram> Of(Split split) => All.Where(p => p.Split == split);

    /// <summary>A sick program.</summary>
    public static NetworkProgram Sick(string fault, NetworkPlan plan, string of, NetworkFault planted, int[] notes, string rule, params string[] places) =>
        new($"{fault}-{plan.Architecture}-{of}", of, plan, planted, notes, rule, places, NetworkBases.Named(of).Split);
}
