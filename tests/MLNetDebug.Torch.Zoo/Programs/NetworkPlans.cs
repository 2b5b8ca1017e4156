using MLNetDebug.Torch.Zoo.Architectures;
using MLNetDebug.Torch.Zoo.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Zoo.Programs;

/// <summary>The healthy plans: each architecture with a loss and an optimizer that suit it.</summary>
internal static class NetworkPlans
{
    public static NetworkPlan Mlp { get; } = new("mlp", TableNetworks.Mlp);

    public static NetworkPlan TanhMlp { get; } = new("tanh-mlp", TableNetworks.TanhMlp) { Loss = LossPlan.CrossEntropyFunction, Optimizer = OptimizerPlan.Sgd };

    public static NetworkPlan DeepMlp { get; } = new("deep-mlp", TableNetworks.DeepMlp) { Optimizer = OptimizerPlan.AdamW };

    public static NetworkPlan DropoutBlocks { get; } = new("dropout-blocks", TableNetworks.DropoutBlocks);

    public static NetworkPlan SoftmaxRegression { get; } = new("softmax-regression", TableNetworks.SoftmaxRegression) { Optimizer = OptimizerPlan.Sgd };

    public static NetworkPlan ResidualMlp { get; } = new("residual-mlp", (s, t) => new ResidualMlp(s, t)) { Optimizer = OptimizerPlan.AdamW };

    public static NetworkPlan ListMlp { get; } = new("list-mlp", (s, t) => new ListMlp(s, t)) { Optimizer = OptimizerPlan.Sgd };

    /// <summary>One module in two places: TorchSharp lists and updates it once.</summary>
    public static NetworkPlan SharedMlp { get; } = ListMlp with { Architecture = "shared-mlp", Traits = new() { SharesModule = true } };

    public static NetworkPlan SoftCapped { get; } = new("soft-capped", (s, t) => new ListMlp(s, t with { Ending = Ending.SoftCap })) { Loss = LossPlan.CrossEntropyFunction };

    public static NetworkPlan TwoInputs { get; } = new("two-inputs", (s, t) => new TwoInputs(s, t)) { Forward = (n, x) => ((TwoInputs)n).CallOn(x) };

    /// <summary>One logit for "is it class 0?", whatever the base.</summary>
    public static NetworkPlan Binary { get; } = OneAgainstRest(Mlp with { Architecture = "binary-mlp" });

    public static NetworkPlan Distilled { get; } = Votes(Mlp);

    public static NetworkPlan Cnn { get; } = new("cnn", ImageNetworks.Cnn);

    public static NetworkPlan BatchNormCnn { get; } = new("batchnorm-cnn", ImageNetworks.BatchNormCnn) { Optimizer = OptimizerPlan.AdamW };

    public static NetworkPlan GroupNormCnn { get; } = new("groupnorm-cnn", ImageNetworks.GroupNormCnn) { Optimizer = OptimizerPlan.AdamW };

    public static NetworkPlan FunctionalCnn { get; } = new("functional-cnn", (s, t) => new FunctionalCnn(s, t)) { Loss = LossPlan.CrossEntropyFunction };

    public static NetworkPlan Mnist { get; } = new("mnist-example", (s, t) => new MnistExample(s, t))
    {
        Traits = new() { Ending = Ending.LogSoftmax },
        Loss = LossPlan.NegativeLogLikelihood,
    };

    public static NetworkPlan ResNet { get; } = new("resnet", (s, t) => new ResNet(s, t)) { Optimizer = OptimizerPlan.Sgd with { Rate = 0.02 }, Epochs = 6 };

    public static NetworkPlan Autoencoder { get; } = new("autoencoder", ImageNetworks.Autoencoder)
    {
        Prepare = d => d with { TrainY = d.TrainX.flatten(1), TestY = d.TestX.flatten(1), Classes = 0 },
        Outputs = d => d.Width,
        Loss = LossPlan.SquaredError,
        Metric = Metrics.R2,
        Epochs = 20,
    };

    public static NetworkPlan FineTuned { get; } = new("fine-tuned", (s, t) => new FineTuned(s, t))
    {
        Before = run =>
        {
            run.Train(optim.Adam(run.Network.parameters(), 3e-3), 2);
            ((FineTuned)run.Network).Freeze();
        },
    };

    /// <summary>Every layer was trained before and goes on being trained: the first loss is far below that of a guess.</summary>
    public static NetworkPlan Pretrained { get; } = FunctionalCnn with
    {
        Architecture = "pretrained",
        Before = run => run.Train(optim.Adam(run.Network.parameters(), 3e-3), 6),
        Optimizer = OptimizerPlan.Adam with { Rate = 3e-4 },
    };

    public static NetworkPlan Lstm { get; } = new("lstm", (s, t) => new LstmClassifier(s, t)) { Optimizer = OptimizerPlan.Adam with { Rate = 0.01 } };

    public static NetworkPlan Gru { get; } = new("gru", (s, t) => new GruNetwork(s, t)) { Optimizer = OptimizerPlan.Adam with { Rate = 0.01 }, Loss = LossPlan.CrossEntropyFunction };

    public static NetworkPlan Transformer { get; } = new("transformer", (s, t) => new Transformer(s, t)) { Optimizer = OptimizerPlan.AdamW };

    public static NetworkPlan TokenBag { get; } = new("token-bag", (s, t) => new TokenBag(s, t))
    {
        Outputs = d => d.Vocabulary,
        Optimizer = OptimizerPlan.Adam with { Rate = 0.01, Takes = name => name != Architectures.TokenBag.Tie[1] },
        Ties = [Architectures.TokenBag.Tie],
    };

    /// <summary>The same network, trained before it is checked, with data to judge its batch normalisation by.</summary>
    public static NetworkPlan Trained(NetworkPlan plan) => plan with { Architecture = "trained-" + plan.Architecture, IsCheckedTrained = true };

    /// <summary>The same network for targets that are numbers.</summary>
    public static NetworkPlan Regression(NetworkPlan plan) => plan with { Architecture = plan.Architecture + "-regression", Loss = LossPlan.SquaredError, Metric = Metrics.R2 };

    /// <summary>The same network with one logit for "is it class 0?".</summary>
    public static NetworkPlan OneAgainstRest(NetworkPlan plan) => plan with
    {
        Prepare = d => d.WithTargets(y => y.eq(0).to_type(ScalarType.Float32).unsqueeze(1)) with { Classes = 0 },
        Outputs = _ => 1,
        Loss = LossPlan.BinaryLogits,
        Metric = Metrics.LogitAccuracy,
    };

    /// <summary>The same network, learning how ten people voted on each row: log-probabilities against probabilities.</summary>
    public static NetworkPlan Votes(NetworkPlan plan) => plan with
    {
        Architecture = "distilled-" + plan.Architecture,
        Traits = plan.Traits with { Ending = Ending.LogSoftmax },
        Prepare = d => d.WithTargets(y => Voted(y, d.Classes)),
        Loss = LossPlan.Divergence,
    };

    private static Tensor Voted(Tensor labels, int classes)
    {
        var opinion = 0.7 * nn.functional.one_hot(labels, classes).to_type(ScalarType.Float32) + 0.3 / classes;
        var votes = opinion.multinomial(10, true);
        return nn.functional.one_hot(votes, classes).to_type(ScalarType.Float32).mean([1L]);
    }
}
