using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Zoo.Architectures;

/// <summary>The layout of TorchSharp's own MNIST example: children are called by <c>forward</c>, dropout stands behind the convolutions, the network returns log-probabilities.</summary>
internal sealed class MnistExample : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> conv1;
    private readonly Module<Tensor, Tensor> conv2;
    private readonly Module<Tensor, Tensor> fc1;
    private readonly Module<Tensor, Tensor> fc2;
    private readonly Module<Tensor, Tensor> pool1 = MaxPool2d(kernel_size: [2, 2]);
    private readonly Module<Tensor, Tensor> relu1 = ReLU();
    private readonly Module<Tensor, Tensor> relu2 = ReLU();
    private readonly Module<Tensor, Tensor> relu3 = ReLU();
    private readonly Module<Tensor, Tensor> dropout1 = Dropout(0.25);
    private readonly Module<Tensor, Tensor> dropout2 = Dropout(0.5);
    private readonly Module<Tensor, Tensor> flatten = Flatten();
    private readonly Module<Tensor, Tensor> logsm = LogSoftmax(1);
    private readonly bool _endsInLogits;

    public MnistExample(NetworkShape shape, Traits traits)
        : base(nameof(MnistExample))
    {
        conv1 = Conv2d(1, 8, 3, padding: 1);
        conv2 = Conv2d(8, 16, 3, padding: 1);
        fc1 = Linear(16 * (shape.Row[1] / 2) * (shape.Row[2] / 2), 48);
        fc2 = Linear(48, shape.Outputs);
        _endsInLogits = traits.Ending == Ending.None;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var l11 = conv1.forward(input);
        using var l12 = relu1.forward(l11);
        using var l21 = conv2.forward(l12);
        using var l22 = relu2.forward(l21);
        using var l23 = pool1.forward(l22);
        using var l24 = dropout1.forward(l23);
        using var x = flatten.forward(l24);
        using var l31 = fc1.forward(x);
        using var l32 = relu3.forward(l31);
        using var l33 = dropout2.forward(l32);
        var l41 = fc2.forward(l33);
        return _endsInLogits ? l41 : logsm.forward(l41);
    }
}
