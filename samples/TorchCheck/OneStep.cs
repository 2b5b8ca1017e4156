using TorchSharp;
using static TorchSharp.torch;

namespace TorchCheck;

/// <summary>One step of training: what loads must also compute.</summary>
internal static class OneStep
{
    public static int Run()
    {
        random.manual_seed(1);
        using var model = nn.Sequential(("hidden", nn.Linear(4, 8)), ("relu", nn.ReLU()), ("out", nn.Linear(8, 2)));
        using var optimizer = optim.SGD(model.parameters(), 0.1);
        using var loss = nn.CrossEntropyLoss();
        using var input = randn(16, 4);
        using var target = arange(16, dtype: int64) % 2;
        var before = Step(model, optimizer, loss, input, target);
        var after = Step(model, optimizer, loss, input, target);
        Console.WriteLine($"Loss {before:F4}, and after one step {after:F4}.");
        return after < before ? 0 : 2;
    }

    private static float Step(nn.Module<Tensor, Tensor> model, optim.Optimizer optimizer, nn.Module<Tensor, Tensor, Tensor> loss, Tensor input, Tensor target)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        var value = loss.call(model.call(input), target);
        value.backward();
        optimizer.step();
        return value.ToSingle();
    }
}
