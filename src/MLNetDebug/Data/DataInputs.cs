using Microsoft.ML;

namespace MLNetDebug.Data;

/// <summary>What the measurers of the data family read. Given to a run before it starts.</summary>
/// <param name="Train">The data that will be trained on.</param>
/// <param name="Test">The hold-out data; null where there is none.</param>
/// <param name="Declaration">What the columns are for.</param>
internal sealed record DataInputs(IDataView Train, IDataView? Test, DataDeclaration Declaration)
{
    /// <summary>What the training data is called in messages.</summary>
    public string TrainName { get; init; } = "training data";

    /// <summary>False where the first data is validation data: no model was trained on it.</summary>
    public bool IsTrained { get; init; } = true;

    /// <summary>What the hold-out data is called in messages.</summary>
    public string TestName { get; init; } = "hold-out data";
}

/// <summary>The profile of the hold-out data.</summary>
/// <param name="Profile">The profile.</param>
internal sealed record HoldOutProfile(DataProfile Profile)
{
    /// <summary>True where it is not a split but data that a fitted model meets.</summary>
    public bool IsNewData { get; init; }
}
