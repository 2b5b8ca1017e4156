using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Zoo.Fuzz;

/// <summary>A network drawn at random, that may work or not: wrong sizes, hostile code, modules nobody registered, weights of NaN.</summary>
internal sealed class RandomNetwork
{
    private static readonly ScalarType[] Types = [ScalarType.Float32, ScalarType.Float32, ScalarType.Float32, ScalarType.Float32, ScalarType.Float64, ScalarType.BFloat16];

    private readonly Random _random;
    private readonly List<nn.Module<Tensor, Tensor>> _made = [];
    private long _width;

    public RandomNetwork(int seed)
    {
        _random = new Random(seed);
        random.manual_seed(seed);
        Type = Pick(Types);
        var rows = Pick(0L, 1, 2, 3, 16, 32, 32, 32);
        var isImage = Chance(4);
        var isSequence = !isImage && Chance(5);
        var isTokens = !isImage && !isSequence && Chance(8);
        _width = isImage ? _random.Next(1, 4) : _random.Next(1, 12);
        Input = isTokens ? randint(10, [rows, 5])
            : isImage ? randn([rows, _width, 8, 8])
            : isSequence ? randn([rows, 5, _width])
            : randn([rows, _width]);
        if (!isTokens && Type != ScalarType.Float32)
            Input = Input.to(Type);
        if (!isTokens && Chance(12))
            Spoil(Input);
        var modules = new List<nn.Module<Tensor, Tensor>>();
        if (isTokens)
            modules.Add(Embedding(10, _width = 6));
        for (var i = _random.Next(0, 7); i > 0; i--)
            modules.Add(isImage && !Chance(4) ? ImageModule() : RowModule(2));
        if (isImage && !Chance(5))
        {
            modules.Add(Flatten());
            _width = _random.Next(1, 300);
        }

        Classes = _random.Next(1, 5);
        if (!Chance(8))
            modules.Add(Linear(isImage ? WidthBehind(modules) : MayBeWrong(_width), Classes, hasBias: !Chance(4)));
        Model = Chance(3) ? new BlockModule(modules, isRegistered: !Chance(6), byCall: !Chance(3), isResidual: Chance(4))
            : Sequential(modules.Select((m, i) => ($"layer{i}", (nn.Module<Tensor, Tensor>)m)));
        if (Type != ScalarType.Float32)
            Model.to(Type);
        Initialise();
        if (Chance(6))
            Model.eval();
    }

    public nn.Module<Tensor, Tensor> Model { get; }

    public Tensor Input { get; }

    public ScalarType Type { get; }

    public int Classes { get; }

    public T Pick<T>(params T[] from) => from[_random.Next(from.Length)];

    public bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    public int Below(int bound) => _random.Next(bound);

    /// <summary>The width the images have once flattened, found by running what stands before; any number where that fails.</summary>
    private long WidthBehind(List<nn.Module<Tensor, Tensor>> modules)
    {
        try
        {
            using var scope = NewDisposeScope();
            using var none = no_grad();
            var y = modules.Aggregate(Input.to(ScalarType.Float32), (x, m) => m.call(x));
            return y.dim() == 2 ? MayBeWrong(y.shape[1]) : 7;
        }
        catch (Exception)
        {
            return 7;
        }
    }

    private long MayBeWrong(long width) => Chance(60) ? width + 1 : width;

    private nn.Module<Tensor, Tensor> RowModule(int depth)
    {
        nn.Module<Tensor, Tensor> Kept(nn.Module<Tensor, Tensor> module)
        {
            _made.Add(module);
            return module;
        }

        long Next()
        {
            var from = MayBeWrong(_width);
            _width = _random.Next(1, 12);
            return from;
        }

        switch (_random.Next(17))
        {
            case 0 or 1 or 2 or 3:
                return Kept(Linear(Next(), _width, hasBias: !Chance(4)));
            case 4:
                return Kept(BatchNorm1d(MayBeWrong(_width)));
            case 5 or 6:
                return Pick<Func<nn.Module<Tensor, Tensor>>>(() => ReLU(), () => ReLU(inplace: true), () => Tanh(), () => Sigmoid(), () => GELU(), () => LeakyReLU(0.1), () => Softmax(-1), () => LogSoftmax(1), () => Identity())();
            case 7:
                return Dropout(Pick(0.0, 0.1, 0.5, 1.0));
            case 8:
                return LayerNorm([MayBeWrong(_width)]);
            case 9 when depth > 0:
                return Kept(new BlockModule([.. Enumerable.Range(0, _random.Next(0, 4)).Select(_ => RowModule(depth - 1))], !Chance(4), !Chance(3), Chance(2)));
            case 10 when depth > 0:
                return Sequential([.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => RowModule(depth - 1))]);
            case 11 when _made.Count > 0:
                return _made[_random.Next(_made.Count)];
            // In this type libtorch's own LSTM ends the process on some processors, with or without a check.
            case 12 when Type != ScalarType.BFloat16:
                var from = MayBeWrong(_width);
                return Kept(new RecurrentModule(from, _width = _random.Next(1, 6)));
            case 13:
                return new AttentionModule(MayBeWrong(_width), Chance(2));
            case 14 or 15:
                return new WeightModule(Pick(() => ones(3), () => zeros(0), () => full(2, 2, float.NaN))(), Chance(3), !Chance(4));
            default:
                return new CodeModule(UsersCode());
        }
    }

    private nn.Module<Tensor, Tensor> ImageModule()
    {
        switch (_random.Next(7))
        {
            case 0 or 1 or 2:
                var from = MayBeWrong(_width);
                return Conv2d(from, _width = _random.Next(1, 5), 3, padding: _random.Next(2), bias: !Chance(4));
            case 3:
                return BatchNorm2d(MayBeWrong(_width));
            case 4:
                return ReLU();
            case 5:
                return Pick<Func<nn.Module<Tensor, Tensor>>>(() => MaxPool2d(2), () => Dropout(0.25), () => Dropout2d(0.25), () => AdaptiveAvgPool2d(1))();
            default:
                return new CodeModule(UsersCode());
        }
    }

    private Func<Tensor, Tensor> UsersCode() => Chance(3) ? HostileCode() : Pick<Func<Tensor, Tensor>>(
        x => x.relu(),
        x => functional.dropout(x, 0.3, training: true),
        x => 5 * (x / 5).tanh(),
        x => functional.softmax(x, -1),
        x => x.relu_(),
        x => x * x + x,
        x => functional.log_softmax(x.tanh(), -1),
        x => x.transpose(0, -1).transpose(0, -1));

    /// <summary>What users write between modules on a bad day.</summary>
    private Func<Tensor, Tensor> HostileCode() => Pick<Func<Tensor, Tensor>>(
        x => x,
        x => x.detach(),
        x => (x - x) / (x - x),
        x => x.log(),
        x => x.to(ScalarType.Float16),
        x => x[0],
        x => x.sum(),
        x => x > 0,
        x => throw new InvalidOperationException("The user's own code gave up."),
        x => throw new NullReferenceException(),
        x => null!,
        x =>
        {
            var y = x + 1;
            y.Dispose();
            return y;
        },
        x =>
        {
            using var scope = NewDisposeScope();
            return (x * 2).MoveToOuterDisposeScope();
        },
        x => x.to_sparse(),
        x => complex(x, x),
        x =>
        {
            using var y = x + 1;
            try
            {
                throw new InvalidOperationException("caught by the user");
            }
            catch (InvalidOperationException)
            {
                return y * 2;
            }
        });

    private void Initialise()
    {
        using var none = no_grad();
        foreach (var (_, parameter) in Model.named_parameters().Where(_ => Chance(8)))
        {
            switch (_random.Next(6))
            {
                case 0 or 1:
                    parameter.zero_();
                    break;
                case 2:
                    parameter.fill_(0.1);
                    break;
                case 3:
                    parameter.mul_(1e20);
                    break;
                case 4:
                    parameter.fill_(float.NaN);
                    break;
                default:
                    parameter.requires_grad = false;
                    break;
            }
        }

        if (!Chance(5))
            return;
        // A loop that is under way has gradients.
        foreach (var parameter in Model.parameters().Where(p => p.requires_grad && p.is_floating_point()))
            parameter.grad = ones_like(parameter);
    }

    private static void Spoil(Tensor input)
    {
        if (input.numel() > 0)
            input.view(-1)[0] = float.NaN;
    }
}
