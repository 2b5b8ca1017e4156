using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Networks.Losses;

/// <summary>Which loss it is and how it is set.</summary>
internal sealed record LossIdentity(LossKind Kind, LossReduction Reduction = LossReduction.Unknown)
{
    /// <summary>What libtorch writes where a binary cross-entropy is fed something else than probabilities; no other loss does.</summary>
    private const string OutOfUnitInterval = "all elements of input should be between 0 and 1";

    public string Name { get; init; } = "loss";

    public bool IsModule { get; init; }

    public bool? LogTarget { get; init; }

    public double LabelSmoothing { get; init; }

    public long? IgnoreIndex { get; init; }

    /// <summary>Weights of classes (or elements); belongs to the loss.</summary>
    public Tensor? Weight { get; init; }

    /// <summary>Weights of positives; belongs to the loss.</summary>
    public Tensor? PositiveWeight { get; init; }

    /// <summary>Read from the module's type and settings; null for what is not one of TorchSharp's losses.</summary>
    public static LossIdentity? Of(nn.Module? module) => module switch
    {
        CrossEntropyLoss l => Built(l, LossKind.CrossEntropy, l.reduction) with { Weight = l.weight, LabelSmoothing = l.label_smoothing, IgnoreIndex = l.ignore_index ?? -100 },
        NLLLoss l => Built(l, LossKind.NegativeLogLikelihood, l.reduction) with { Weight = l.weight, IgnoreIndex = -100 },
        BCELoss l => Built(l, LossKind.BinaryCrossEntropy, l.reduction) with { Weight = l.weight },
        BCEWithLogitsLoss l => Built(l, LossKind.BinaryCrossEntropyWithLogits, l.reduction) with { Weight = l.weight, PositiveWeight = l.pos_weights },
        MSELoss l => Built(l, LossKind.MeanSquaredError, l.reduction),
        L1Loss l => Built(l, LossKind.AbsoluteError, l.reduction),
        SmoothL1Loss l => Built(l, LossKind.Huber, l.reduction),
        HuberLoss l => Built(l, LossKind.Huber, l.reduction),
        KLDivLoss l => Built(l, LossKind.KullbackLeibler, l.reduction) with { LogTarget = l.log_target },
        Loss<Tensor, Tensor, Tensor> l when l.GetType().Assembly == typeof(torch).Assembly => Built(l, LossKind.Other, l.reduction),
        _ => null,
    };

    /// <summary>What only its error tells.</summary>
    public static LossIdentity OfError(string error) => error.Contains(OutOfUnitInterval, StringComparison.Ordinal)
        ? new(LossKind.BinaryCrossEntropy) { Name = "functional.binary_cross_entropy" }
        : new(LossKind.Unknown);

    private static LossIdentity Built(nn.Module module, LossKind kind, nn.Reduction reduction) => new(kind, reduction switch
    {
        nn.Reduction.Mean => LossReduction.Mean,
        nn.Reduction.Sum => LossReduction.Sum,
        _ => LossReduction.None,
    })
    { Name = module.GetType().Name, IsModule = true };
}
