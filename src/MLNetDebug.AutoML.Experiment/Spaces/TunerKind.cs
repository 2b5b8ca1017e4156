namespace MLNetDebug.AutoML.Experiment;

/// <summary>AutoML's tuners, which are internal there.</summary>
internal enum TunerKind
{
    Other,
    EciCostFrugal,
    CostFrugal,
    Smac,
    Random,
    Grid,
}

/// <summary>Tells tuners apart.</summary>
internal static class TunerKinds
{
    /// <summary>The kind of a tuner, by its type name; a user's own, or none, is <see cref="TunerKind.Other"/>.</summary>
    public static TunerKind Of(object? tuner) => tuner?.GetType().Name switch
    {
        "EciCostFrugalTuner" => TunerKind.EciCostFrugal,
        "CostFrugalTuner" => TunerKind.CostFrugal,
        "SmacTuner" => TunerKind.Smac,
        "RandomSearchTuner" => TunerKind.Random,
        "GridSearchTuner" => TunerKind.Grid,
        _ => TunerKind.Other,
    };
}
