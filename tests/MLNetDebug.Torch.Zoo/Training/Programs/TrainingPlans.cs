using MLNetDebug.Torch.Zoo.Architectures;
using MLNetDebug.Torch.Zoo.Data;
using MLNetDebug.Torch.Zoo.Programs;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Zoo.Training.Programs;

/// <summary>Healthy plans that only training asks for, and turns of plans that look suspicious and are not.</summary>
internal static class TrainingPlans
{
    /// <summary>Layers upon layers, no normalisation; ReLU on He's scale trains.</summary>
    public static NetworkPlan Deep(int depth) => new($"deep-stack-{depth}", (s, t) => new DeepStack(s, t, depth)) { Optimizer = OptimizerPlan.Adam with { Rate = 1e-3 } };

    /// <summary>The same with tanh.</summary>
    public static NetworkPlan DeepTanh(int depth) => Deep(depth) with { Architecture = $"deep-tanh-{depth}", Traits = new() { Activation = Activation.Tanh } };

    /// <summary>A plain recurrent network of tanh.</summary>
    public static NetworkPlan Elman { get; } = new("elman", (s, t) => new ElmanNetwork(s, t)) { Traits = new() { Activation = Activation.Tanh } };

    /// <summary>The same of ReLU, its gradients clipped: without clipping it explodes now and then.</summary>
    public static TrainingPlan ClippedElman { get; } = new(Elman with { Architecture = "elman-relu", Traits = new() { Activation = Activation.ReLU } }) { ClipNorm = 1 };

    /// <summary>The plain network by stochastic gradient descent.</summary>
    public static NetworkPlan SgdMlp { get; } = NetworkPlans.Mlp with { Architecture = "sgd-mlp", Optimizer = OptimizerPlan.Sgd };

    /// <summary>Another name and other numbers of epochs or rows per batch.</summary>
    public static NetworkPlan Named(this NetworkPlan plan, string turn) => plan with { Architecture = $"{plan.Architecture}-{turn}" };

    /// <summary>The first rows of the training rows only.</summary>
    public static NetworkPlan OfFewRows(this NetworkPlan plan, int rows) => plan.Named($"{rows}-rows").Prepared(d => d with { TrainX = d.TrainX[TensorIndex.Slice(0, rows)], TrainY = d.TrainY[TensorIndex.Slice(0, rows)] });

    /// <summary>A share of all labels drawn at random: what is left can be learned.</summary>
    public static NetworkPlan WithLabelNoise(this NetworkPlan plan, double share) => plan.Named("label-noise").Prepared(d => d.WithTargets(y => where(rand_like(y, ScalarType.Float32) < share, randint_like(y, 0, d.Classes), y)));

    /// <summary>Class 0 against the rest, most rows of class 0 left out of training and of what is held out.</summary>
    public static NetworkPlan Imbalanced(this NetworkPlan plan, double kept) => plan.Named("imbalanced").Prepared(d => Thinned(d, kept));

    /// <summary>Regression targets on another scale.</summary>
    public static NetworkPlan WithTargetsTimes(this NetworkPlan plan, double factor) => plan.Named($"targets-{factor:g}").Prepared(d => d.WithTargets(y => y * factor));

    /// <summary>Weight decay and dropout would be in the way of what shall be shown: worth is measured as log-probability of the true class.</summary>
    public static NetworkPlan ByLogLoss(this NetworkPlan plan) => plan with { Metric = (output, target) => -nn.functional.cross_entropy(output, target).ToDouble() };

    private static NetworkPlan Prepared(this NetworkPlan plan, Func<NetworkDraw, NetworkDraw> change) => plan with { Prepare = d => plan.Prepare(change(d)) };

    private static NetworkDraw Thinned(NetworkDraw draw, double kept)
    {
        var (train, test) = (Rows(draw.TrainY), Rows(draw.TestY));
        return draw with { TrainX = draw.TrainX[train], TrainY = draw.TrainY[train], TestX = draw.TestX[test], TestY = draw.TestY[test] };
        Tensor Rows(Tensor y) => (y.ne(0).logical_or(rand(y.shape) < kept)).nonzero().flatten();
    }
}
