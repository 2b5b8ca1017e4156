// Names follow TorchSharp's: what is tested looks them up.
#pragma warning disable IDE1006, CA1707, SA1300, CS8981

namespace TorchSharp;

/// <summary>As much of TorchSharp as a guard looks up, on arrays in memory.</summary>
public static class torch
{
    /// <summary>Element types, by libtorch's codes.</summary>
    public enum ScalarType : sbyte
    {
        Float32 = 6,
    }

    /// <summary>Devices.</summary>
    public enum DeviceType
    {
        CPU = 0,
    }

    public static IDisposable no_grad() => new Nothing();

    public static Tensor zeros(long[] size) => new(size);

    private sealed class Nothing : IDisposable
    {
        public void Dispose()
        {
        }
    }

    /// <summary>CUDA, which is never there.</summary>
    public static class cuda
    {
        public static bool is_available() => false;
    }

    /// <summary>Values with a shape.</summary>
    public class Tensor : IDisposable
    {
        private float[]? _values;

        public Tensor(params long[] shape) => (this.shape, _values) = (shape, new float[shape.Aggregate(1L, (n, d) => n * d)]);

        public Tensor(float[] values, params long[] shape) => (this.shape, _values) = (shape, values);

        public long[] shape { get; }

        public Tensor? grad { get; set; }

        public ScalarType dtype => ScalarType.Float32;

        public DeviceType device_type => DeviceType.CPU;

        public bool IsInvalid => _values is null;

        public float[] Values => _values ?? throw new InvalidOperationException("Tensor invalid -- empty handle.");

        public Span<byte> bytes => System.Runtime.InteropServices.MemoryMarshal.AsBytes(Values.AsSpan());

        public bool is_contiguous() => true;

        public Tensor contiguous() => new(Values, shape);

        public Tensor clone() => new((float[])Values.Clone(), shape);

        public Tensor detach() => new(Values, shape);

        public Tensor cpu() => new(Values, shape);

        public Tensor DetachFromDisposeScope() => this;

        public Tensor copy_(Tensor source, bool nonBlocking = false)
        {
            source.Values.CopyTo(Values, 0);
            return this;
        }

        public Tensor norm(float p = 2) => new([MathF.Sqrt(Values.Sum(v => v * v))], 1);

        public void Dispose()
        {
            _values = null;
            GC.SuppressFinalize(this);
        }
    }

    /// <summary>Modules.</summary>
    public static class nn
    {
        /// <summary>A module with named parts.</summary>
        public class Module
        {
            private readonly List<(string, Tensor)> _parameters = [];
            private readonly List<(string, Module)> _modules = [];

            public IEnumerable<(string name, Tensor parameter)> named_parameters(bool recurse = true) =>
                _parameters.Concat(_modules.SelectMany(m => m.Item2._parameters.Select(p => (m.Item1 + "." + p.Item1, p.Item2)))).Where(p => !p.Item2.IsInvalid);

            public IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true) => [];

            public IEnumerable<(string name, Module module)> named_modules() => _modules;

            public void Register(string name, Tensor parameter) => _parameters.Add((name, parameter));

            public void Register(string name, Module module) => _modules.Add((name, module));
        }

        /// <summary>A module that takes one thing, gives another, and tells its hooks.</summary>
        public abstract class Module<T, TResult> : Module
        {
            private readonly List<Func<Module<T, TResult>, T, TResult, TResult>> _hooks = [];

            public HookRemover register_forward_hook(Func<Module<T, TResult>, T, TResult, TResult> hook)
            {
                _hooks.Add(hook);
                return new HookRemover(() => _hooks.Remove(hook));
            }

            public int Hooks => _hooks.Count;

            public abstract TResult forward(T input);

            public TResult call(T input)
            {
                var output = forward(input);
                foreach (var hook in _hooks.ToArray())
                    output = hook(this, input, output);
                return output;
            }
        }

        /// <summary>Ends a hook.</summary>
        public sealed class HookRemover(Action remover)
        {
            public void remove() => remover();
        }
    }
}
