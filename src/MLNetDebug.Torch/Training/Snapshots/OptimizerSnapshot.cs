using System.Reflection;
using System.Runtime.CompilerServices;
using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Training.Snapshots;

/// <summary>
/// A copy of an optimizer's state (momentum, averages, counts) that is taken again and again into the same memory. Read by what the state objects hold, tensors and numbers, so that every optimizer of
/// TorchSharp's that is written in C# is covered; LBFGS, which is native, is not.
/// </summary>
internal sealed class OptimizerSnapshot : IDisposable
{
    private readonly List<Slot> _slots = [];

    public OptimizerSnapshot(optim.Optimizer optimizer)
    {
        if (optimizer is not OptimizerHelper helper)
            return;
        IsComplete = true;
        foreach (var state in StateOf(helper).Values)
        {
            if (state is not null)
                _slots.AddRange(FieldsOf(state).Select(f => new Slot(state, f)));
        }
    }

    /// <summary>False where the optimizer shows no state that could be copied.</summary>
    public bool IsComplete { get; }

    public void Take() => _slots.ForEach(s => s.Take());

    public void Restore() => _slots.ForEach(s => s.Restore());

    public void Dispose() => _slots.ForEach(s => s.Dispose());

    private static IEnumerable<FieldInfo> FieldsOf(OptimizerState state)
    {
        for (var type = state.GetType(); type is not null && type != typeof(OptimizerState); type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (field.FieldType == typeof(Tensor) || field.FieldType.IsPrimitive)
                    yield return field;
            }
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_state")]
    private static extern ref OrderedDict<nint, OptimizerState> StateOf(OptimizerHelper optimizer);

    private sealed class Slot : IDisposable
    {
        private readonly OptimizerState _state;
        private readonly FieldInfo _field;
        private object? _number;
        private Tensor? _copy;

        public Slot(OptimizerState state, FieldInfo field)
        {
            (_state, _field) = (state, field);
            Take();
        }

        private Tensor? Now => _field.GetValue(_state) as Tensor is { IsInvalid: false } now ? now : null;

        public void Take()
        {
            if (_field.FieldType != typeof(Tensor))
            {
                _number = _field.GetValue(_state);
                return;
            }

            using var scope = NewDisposeScope();
            using var none = no_grad();
            if (Now is not { } now)
                Dispose();
            else if (_copy is null)
                _copy = TensorCopy.Of(now);
            else
                _copy.copy_(now);
        }

        public void Restore()
        {
            if (_field.FieldType != typeof(Tensor))
            {
                _field.SetValue(_state, _number);
                return;
            }

            using var scope = NewDisposeScope();
            using var none = no_grad();
            var now = Now;
            if (_copy is null && now is not null)
            {
                // It was not there yet: SGD makes its momentum of the first gradient.
                _field.SetValue(_state, null);
                now.Dispose();
            }
            else if (_copy is not null && now is not null)
                now.copy_(_copy);
            else if (_copy is not null)
                _field.SetValue(_state, _copy.clone().DetachFromDisposeScope());
        }

        public void Dispose()
        {
            _copy?.Dispose();
            _copy = null;
        }
    }
}
