using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNetDebug.Torch.Tests.Networks.Losses;

/// <summary>Networks as people build them, watched at every step: what only looks like a fault in some logits must not be called one.</summary>
[TestClass]
public sealed class HealthyLossesTests
{
    [TestMethod]
    public void Healthy_networks_are_silent_from_the_first_step_on()
    {
        var flagged = new List<string>();
        for (var seed = 0; seed < 90; seed++)
        {
            var told = new List<Finding>();
            Train(seed, told);
            flagged.AddRange(told.Where(f => f.Severity >= Severity.Warning).Select(f => $"{seed}: {f.Rule.Id} {f.Subject.Step} {f.Message}"));
        }

        Assert.IsEmpty(flagged, string.Join("\n", flagged));
    }

    private static void Train(int seed, List<Finding> told)
    {
        random.manual_seed(seed);
        var draw = new Random(seed);
        int classes = draw.Next(4) switch { 0 => 2, 1 => 3, 2 => 10, _ => 30 }, inputs = draw.Next(4, 40), hidden = draw.Next(8, 64), rows = draw.Next(16, 129);
        Func<nn.Module<Tensor, Tensor>> activation = draw.Next(5) switch { 0 => nn.Tanh, 1 => () => nn.GELU(), 2 => nn.Sigmoid, _ => () => nn.ReLU() };
        var layers = new List<(string, nn.Module<Tensor, Tensor>)> { ("fc0", nn.Linear(inputs, hidden)), ("act0", activation()) };
        for (var i = 1; i < draw.Next(1, 4); i++)
            layers.AddRange([($"fc{i}", nn.Linear(hidden, hidden)), ($"act{i}", activation())]);
        var kind = seed % 3;
        layers.Add(("out", nn.Linear(hidden, kind == 0 ? classes : kind == 1 ? 1 : 3)));
        using var model = nn.Sequential(layers);
        using var optimizer = optim.Adam(model.parameters(), 0.01);
        var options = new DiagnosedLossOptions { Every = 1, OnFinding = told.Add, FailOn = Severity.None };
        var loss = kind switch
        {
            0 => DiagnosedLoss.Wrap(nn.CrossEntropyLoss(), options),
            1 => DiagnosedLoss.Wrap((a, b) => F.binary_cross_entropy_with_logits(a, b), options),
            _ => DiagnosedLoss.Wrap(nn.MSELoss(), options),
        };
        using var x = randn(rows, inputs);
        using var score = x.narrow(1, 0, kind == 0 ? Math.Min(classes, inputs) : kind == 1 ? 1 : 3).clone();
        using var target = kind == 0 ? score.argmax(1) : kind == 1 ? score.gt(0).to(float32) : score;
        for (var step = 0; step < 25; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            loss.call(model.call(x), target).backward();
            optimizer.step();
        }
    }
}
