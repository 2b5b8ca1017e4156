namespace MLNetDebug.Pipeline;

/// <summary>A trainer of this library's own, which says itself what ML.NET's are asked by reflection.</summary>
internal interface ITrainerDeclaration
{
    /// <summary>What it says.</summary>
    TrainerFacts Facts { get; }
}
