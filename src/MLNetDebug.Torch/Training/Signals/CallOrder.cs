using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Signals;

/// <summary>In which order the modules of a network are called first. Listens to one step, then takes its hooks away.</summary>
internal sealed class CallOrder : IDisposable
{
    private readonly Dictionary<string, int> _order = [];
    private readonly List<Action> _removers = [];

    /// <param name="model">The network.</param>
    /// <param name="isListening">False where a call is no part of the training.</param>
    public CallOrder(nn.Module model, Func<bool> isListening)
    {
        foreach (var (name, module) in model.named_modules().Where(m => m.module is not null).DistinctBy(m => m.module, ReferenceEqualityComparer.Instance))
        {
            if (ModuleHooks.On(module, _ => Called(name, isListening), _ => { }) is { } remove)
                _removers.Add(remove);
        }
    }

    /// <summary>The place of a module's first call, or of the nearest module above it that was called; null where none was.</summary>
    public int? Of(string module)
    {
        for (var name = module; name.Length > 0; name = name.LastIndexOf('.') is var dot && dot > 0 ? name[..dot] : "")
        {
            if (_order.TryGetValue(name, out var place))
                return place;
        }

        return null;
    }

    private void Called(string name, Func<bool> isListening)
    {
        if (isListening())
            _order.TryAdd(name, _order.Count);
    }

    public void Dispose()
    {
        _removers.ForEach(r => r());
        _removers.Clear();
    }
}
