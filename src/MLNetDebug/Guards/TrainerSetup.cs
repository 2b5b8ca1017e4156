using MLNetDebug.Pipeline;

namespace MLNetDebug.Guards;

/// <summary>What a network's trainer was set up with, and what it runs on, before any row is read. Immutable.</summary>
internal sealed record TrainerSetup
{
    /// <summary>The trainer's type name.</summary>
    public required string Trainer { get; init; }

    /// <summary>Which of the trainers it is.</summary>
    public required ClosedTrainerKind Kind { get; init; }

    /// <summary>Its numeric options by name; of a list the first value.</summary>
    public IReadOnlyList<NamedValue> Options { get; init; } = [];

    /// <summary>How many learning rates were given; only the first is read.</summary>
    public int LearningRates { get; init; } = 1;

    /// <summary>True where a validation set was given.</summary>
    public bool HasValidationSet { get; init; }

    /// <summary>The device; null where it could not be told.</summary>
    public DeviceSetup? Device { get; init; }

    /// <summary>The file of pretrained weights; null where its folder could not be told.</summary>
    public WeightsSetup? Weights { get; init; }

    /// <summary>The packages; null where they could not be told.</summary>
    public PackagePair? Packages { get; init; }

    /// <summary>Classes the rows of this fit hold; null where they are not counted.</summary>
    public int? Classes { get; init; }

    /// <summary>Classes of the last fit of this trainer object in this process; null where there was none.</summary>
    public int? EarlierClasses { get; init; }

    /// <summary>What could not be read, and why.</summary>
    public IReadOnlyList<string> NotRead { get; init; } = [];
}

/// <summary>The device a trainer was asked to use.</summary>
/// <param name="Gpu">The GPU asked for; null where none was.</param>
/// <param name="IsCudaAvailable">Whether TorchSharp finds CUDA; null where it could not be asked.</param>
/// <param name="FallsBack">Whether the trainer goes on without one.</param>
internal sealed record DeviceSetup(int? Gpu, bool? IsCudaAvailable, bool FallsBack);

/// <summary>The file of pretrained weights.</summary>
/// <param name="Path">Where it is looked for.</param>
/// <param name="Exists">Whether it is there.</param>
internal sealed record WeightsSetup(string Path, bool Exists);

/// <summary>Two packages that must fit each other.</summary>
/// <param name="Trainers">The version of Microsoft.ML.TorchSharp.</param>
/// <param name="BuiltFor">The version of TorchSharp it was built for.</param>
/// <param name="Loaded">The version of TorchSharp that is loaded.</param>
internal sealed record PackagePair(string Trainers, string BuiltFor, string Loaded)
{
    /// <summary>Members the trainers call and the loaded TorchSharp does not have, in the runtime's words.</summary>
    public IReadOnlyList<string> MissingMembers { get; init; } = [];

    /// <summary>True where the trainers' own initialisers dispose the weights they initialise; null where it could not be tried.</summary>
    public bool? DisposesWeights { get; init; }

    /// <summary>Why TorchSharp's native library does not load; null where it does, or was not tried.</summary>
    public string? NativeError { get; init; }
}
