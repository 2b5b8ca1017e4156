using MLNetDebug.Torch.Zoo.Data;
using MLNetDebug.Torch.Zoo.Training.Faults;
using MLNetDebug.Zoo.Bases;

namespace MLNetDebug.Torch.Zoo.Training.Programs;

/// <summary>The sick programs of all rules on training runs: for each rule three on Score at least, on images, tables and sequences.</summary>
internal static class SickTraining
{
    public static IReadOnlyList<TrainingProgram> All { get; } = [.. SickLosses.All, .. SickRates.All, .. SickGradients.All, .. SickBatches.All, .. SickHeldOut.All];

    /// <summary>The sick programs of one split.</summary>
    public static IEnumerable<TrainingProgram> Of(Split split) => All.Where(p => p.Split == split);

    /// <summary>A sick program.</summary>
    public static TrainingProgram Sick(string fault, TrainingPlan plan, string of, TrainingFault planted, int[] notes, string rule, params string[] places) =>
        new($"{fault}-{plan.Network.Architecture}-{of}", of, plan, planted, notes, rule, places, NetworkBases.Named(of).Split);
}
