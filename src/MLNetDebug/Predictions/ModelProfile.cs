using MLNetDebug.Data;
using MLNetDebug.Guards;

namespace MLNetDebug.Predictions;

/// <summary>A fitted model as far as it can be looked into: its parameters, and what it says of sampled rows. Immutable.</summary>
public sealed record ModelProfile
{
    /// <summary>What was fitted, such as <c>SdcaRegressionTrainer</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The parameters; null where they cannot be read.</summary>
    public ParameterProfile? Parameters { get; init; }

    /// <summary>What it says of rows; null where it could not be scored.</summary>
    public PredictionProfile? Predictions { get; init; }

    /// <summary>True where <see cref="Predictions"/> are of other rows than those it was trained on. Being no better than a constant answer is no sign of a dead model there.</summary>
    public bool IsHeldOut { get; init; }

    /// <summary>True for a trainer whose model answers every row alike on purpose (class priors).</summary>
    public bool IsConstantByDesign { get; init; }

    /// <summary>The trainer's penalties on weights that are above 0, by their option's name; empty where it has none, or they cannot be read.</summary>
    internal IReadOnlyList<NamedValue> Penalties { get; init; } = [];

    /// <summary>How its training was ended early, such as <c>after 0.98 s, in pass 2</c>; null where it went to its end.</summary>
    internal string? EndedEarly { get; init; }

    /// <summary>The data it was fitted on, to name what ruined it; null where it was not profiled.</summary>
    public DataProfile? Data { get; init; }
}

/// <summary>The parameters of a model, tensor by tensor.</summary>
/// <param name="Source">Where they were read, such as <c>public weights</c>.</param>
/// <param name="Tensors">Every tensor.</param>
public sealed record ParameterProfile(string Source, IReadOnlyList<ParameterTensor> Tensors)
{
    /// <summary>Values in all tensors.</summary>
    public long Count => Tensors.Sum(t => t.Count);

    /// <summary>Values that are NaN or infinite.</summary>
    public long NonFinite => Tensors.Sum(t => t.NonFinite);

    /// <summary>Tensors that hold such a value, in the order of the model.</summary>
    public IEnumerable<ParameterTensor> NonFiniteTensors => Tensors.Where(t => t.NonFinite > 0);

    /// <summary>True where every value is 0.</summary>
    public bool IsZero => Tensors.Count > 0 && Tensors.All(t => t.MaxAbsolute == 0 && t.NonFinite == 0);
}

/// <summary>One tensor of a model.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="Count">Values.</param>
/// <param name="NonFinite">Values that are NaN or infinite.</param>
/// <param name="MaxAbsolute">Greatest absolute finite value; 0 where there is none.</param>
public sealed record ParameterTensor(string Name, long Count, long NonFinite, double MaxAbsolute);
