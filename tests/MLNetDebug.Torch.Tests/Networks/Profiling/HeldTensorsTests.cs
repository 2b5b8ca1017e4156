using System.Runtime.CompilerServices;
using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace MLNetDebug.Torch.Tests.Networks.Profiling;

[TestClass]
public sealed class HeldTensorsTests
{
    [TestMethod]
    public void During_HoldsWhatIsMade_AndLeavesItToWhoeverHasItThen()
    {
        Tensor? kept = null;
        var wasAlive = HeldTensors.During(() =>
        {
            kept = ones(3);
            return IsAliveAfterACollection(Made());
        });
        Assert.IsTrue(wasAlive);
        Assert.IsFalse(kept!.IsInvalid);
        kept.Dispose();
    }

    [TestMethod]
    public void During_LeavesTensorsToTheScopeThatIsOpen()
    {
        Tensor made;
        using (var outer = NewDisposeScope())
        {
            made = HeldTensors.During(() => ones(3));
            Assert.IsTrue(outer.Contains(made));
            Tensor? before = null;
            Assert.ThrowsExactly<InvalidOperationException>(() => HeldTensors.During<Tensor>(() =>
            {
                before = ones(3);
                throw new InvalidOperationException();
            }));
            Assert.IsTrue(outer.Contains(before!) && !before!.IsInvalid);
        }

        Assert.IsTrue(made.IsInvalid);
    }

    [TestMethod]
    public void Check_HoldsWhatANetworkAndALossMakeOnTheWay()
    {
        List<bool> alive = [];
        using var model = new Careless(alive);
        using var x = randn(16, 4);
        using var y = randint(2, 16);
        NetworkCheck.Run(model, null, (output, target) =>
        {
            alive.Add(IsAliveAfterACollection(Made()));
            return functional.cross_entropy(output, target);
        }, (x, y), new() { Recalibration = new RecalibrationData([x], x, y) });
        Assert.IsGreaterThan(3, alive.Count);
        Assert.IsTrue(alive.TrueForAll(a => a), string.Join(", ", alive));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Made() => new(ones(3));

    private static bool IsAliveAfterACollection(WeakReference tensor)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return tensor.IsAlive;
    }

    private sealed class Careless : Module<Tensor, Tensor>
    {
        private readonly List<bool> _alive;
        private readonly Module<Tensor, Tensor> _norm = BatchNorm1d(4);
        private readonly Module<Tensor, Tensor> _head = Linear(4, 2);

        public Careless(List<bool> alive)
            : base(nameof(Careless))
        {
            _alive = alive;
            RegisterComponents();
        }

        public override Tensor forward(Tensor input)
        {
            _alive.Add(IsAliveAfterACollection(Made()));
            return _head.call(_norm.call(input));
        }
    }
}
