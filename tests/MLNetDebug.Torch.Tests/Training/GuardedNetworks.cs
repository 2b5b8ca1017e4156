using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Tests.Training;

/// <summary>Small real networks with their batches, the same for the same seed.</summary>
internal static class GuardedNetworks
{
    public static IEnumerable<object[]> Named => new[] { "mlp", "cnn", "lstm", "transformer" }.SelectMany(n => new[] { ScalarType.Float32, ScalarType.BFloat16 }.Select(t => new object[] { n, t }));

    public static nn.Module<Tensor, Tensor> Create(string name, ScalarType type) => (name switch
    {
        "mlp" => (nn.Module<Tensor, Tensor>)Sequential(("fc1", Linear(12, 24)), ("relu1", ReLU()), ("fc2", Linear(24, 16)), ("relu2", ReLU()), ("fc3", Linear(16, 4))),
        "cnn" => Sequential(
            ("conv1", Conv2d(1, 16, 3)), ("bn1", BatchNorm2d(16)), ("relu1", ReLU()), ("conv2", Conv2d(16, 16, 3)), ("relu2", ReLU()), ("pool", MaxPool2d(2)), ("flat", Flatten()),
            ("fc1", Linear(16 * 4, 16)), ("relu3", ReLU()), ("drop", Dropout(0.5)), ("fc2", Linear(16, 4))),
        "lstm" => new LstmNet(),
        _ => new TransformerNet(),
    }).to(type);

    public static (Tensor X, Tensor Y)[] Batches(string name, ScalarType type, int count)
    {
        long[] shape = name switch { "mlp" => [16, 12], "cnn" => [16, 1, 8, 8], _ => [16, 6, 8] };
        return [.. Enumerable.Range(0, count).Select(_ => (randn(shape).to(type), randint(4, [16])))];
    }

    /// <summary>All bits of a training: parameters, buffers and the random state.</summary>
    public static byte[] Bits(nn.Module model)
    {
        using var scope = NewDisposeScope();
        return [.. model.parameters().Cast<Tensor>().Concat(model.buffers()).Append(random.get_rng_state()).SelectMany(t => t.detach().contiguous().bytes.ToArray())];
    }

    private sealed class LstmNet : nn.Module<Tensor, Tensor>
    {
        private readonly LSTM lstm = LSTM(8, 12, numLayers: 2, batchFirst: true, dropout: 0.2);
        private readonly Linear head = Linear(12, 4);

        public LstmNet()
            : base(nameof(LstmNet)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            var (all, _, _) = lstm.call(input);
            return head.call(all[TensorIndex.Colon, -1]);
        }
    }

    private sealed class TransformerNet : nn.Module<Tensor, Tensor>
    {
        private readonly TransformerEncoder encoder = TransformerEncoder(TransformerEncoderLayer(8, 2, 16, dropout: 0.1), 1);
        private readonly Linear head = Linear(8, 4);

        public TransformerNet()
            : base(nameof(TransformerNet)) => RegisterComponents();

        public override Tensor forward(Tensor input) => head.call(encoder.call(input.transpose(0, 1), null, null).mean([0L]));
    }
}
