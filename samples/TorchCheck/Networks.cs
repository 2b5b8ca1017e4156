using MLNetDebug;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchCheck;

/// <summary>Six networks, each with a fault that people make.</summary>
internal static class Networks
{
    public static IReadOnlyList<BrokenNetwork> All { get; } =
    [
        new("ReLU in front of the loss's softmax", RuleIds.ActivationBeforeSoftmax, mended => Of(Sequential(
            [("flat", Flatten()), ("fc1", Linear(64, 64)), ("relu1", ReLU()), ("fc2", Linear(64, 10)), .. mended ? [] : new (string, nn.Module<Tensor, Tensor>)[] { ("relu2", ReLU()) }]))),
        new("softmax, and a loss that has its own", RuleIds.ProbabilitiesIntoCrossEntropy, mended => Descending(mended ? Convolutional() : Convolutional(("softmax", Softmax(1))))),
        new("weights that start at zero", RuleIds.ZeroWeights, mended => Of(Zeroed(mended))),
        new("layers in a plain list", RuleIds.UnregisteredModules, mended => Of(new Listed(mended))),
        new("an optimizer of an older copy", RuleIds.ParametersNotOptimized, OlderCopy),
        new("initial weights thirty times too large", RuleIds.InitialScale, mended => Of(Scaled(mended ? 1 : 30))),
    ];

    private static Setup Of(nn.Module<Tensor, Tensor> model) => new(model, CrossEntropyLoss(), optim.Adam(model.parameters(), 1e-3));

    private static Setup Descending(nn.Module<Tensor, Tensor> model) => new(model, CrossEntropyLoss(), optim.SGD(model.parameters(), 0.1, momentum: 0.9));

    private static Sequential Convolutional(params (string, nn.Module<Tensor, Tensor>)[] ending) =>
        Sequential([("conv1", Conv2d(1, 8, 3, padding: 1)), ("relu1", ReLU()), ("pool1", MaxPool2d(2)), ("conv2", Conv2d(8, 16, 3, padding: 1)), ("relu2", ReLU()), ("flat", Flatten()), ("fc1", Linear(256, 10)), .. ending]);

    private static Sequential Zeroed(bool mended)
    {
        var model = Convolutional();
        using var none = no_grad();
        foreach (var (_, parameter) in model.named_parameters())
        {
            if (!mended)
                parameter.zero_();
        }

        return model;
    }

    private static Sequential Scaled(double by)
    {
        var model = Convolutional();
        using var none = no_grad();
        foreach (var (_, parameter) in model.named_parameters())
            parameter.mul_(by);
        return model;
    }

    private static Setup OlderCopy(bool mended)
    {
        var (model, older) = (Convolutional(), Convolutional());
        return Descending(model) with { Optimizer = optim.SGD((mended ? model : older).parameters(), 0.1, momentum: 0.9) };
    }

    private sealed class Listed : nn.Module<Tensor, Tensor>
    {
        private readonly List<nn.Module<Tensor, Tensor>> hidden;
        private readonly Linear head;

        public Listed(bool mended)
            : base(nameof(Listed))
        {
            hidden = [Linear(64, 64), ReLU(), Linear(64, 64), ReLU()];
            head = Linear(64, 10);
            if (mended)
                register_module(nameof(hidden), ModuleList([.. hidden]));
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => head.call(hidden.Aggregate(x.flatten(1), (at, layer) => layer.call(at)));
    }
}
