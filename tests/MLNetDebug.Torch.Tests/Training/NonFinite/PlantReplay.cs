using MLNetDebug.Torch.Training.Locating;
using MLNetDebug.Torch.Zoo.NonFinite;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests.Training.NonFinite;

/// <summary>A planted step, taken as a guard takes it: forward, backward where the loss is finite, and then what the guard hands over.</summary>
internal sealed class PlantReplay : IDisposable
{
    private readonly PlantedStep _step;
    private readonly DisposeScope _scope = NewDisposeScope();

    public PlantReplay(NonFinitePlant plant, int seed)
    {
        _step = plant.Create(seed);
        var random = torch.random.get_rng_state();
        using (NewDisposeScope())
        {
            var loss = _step.Loss(_step.X, _step.Y);
            IsLossFinite = double.IsFinite(loss.ToDouble());
            if (IsLossFinite)
                loss.backward();
        }

        Replay = new()
        {
            Model = _step.Model,
            Parameters = [.. _step.Model.named_parameters().Select(p => (p.name, p.parameter))],
            Batch = [("input 0", _step.X), ("target", _step.Y)],
            Loss = () => _step.Loss(_step.X, _step.Y),
            RandomState = random,
            IsLossFinite = IsLossFinite,
        };
    }

    public bool IsLossFinite { get; }

    public bool IsGradientFinite => ParameterBisection.Gradients(Replay).All(g => g.Count is not { IsBad: true });

    public StepReplay Replay { get; }

    public void Dispose()
    {
        _scope.Dispose();
        _step.Dispose();
    }
}
