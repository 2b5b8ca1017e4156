using MLNetDebug.Torch.Networks;
using MLNetDebug.Torch.Networks.Profiling;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests.Networks.Profiling;

[TestClass]
public sealed class UnregisteredReaderTests
{
    [TestMethod]
    public void A_forgotten_RegisterComponents_shows_every_field()
    {
        var found = UnregisteredReader.Read(new Forgotten());
        CollectionAssert.AreEqual(new[] { "_first", "Second" }, found.Select(f => f.Field).ToArray());
        Assert.IsTrue(found.All(f => f is { Holder: "", HolderType: "Forgotten", Type: "Linear", HolderRegistersNothing: true, IsInCollection: false, Parameters: 2 }));
        Assert.AreEqual(4 * 3 + 3, found[0].Elements);
    }

    [TestMethod]
    public void What_a_base_class_holds_is_seen_too()
    {
        CollectionAssert.AreEquivalent(new[] { "_own", "_first", "Second" }, UnregisteredReader.Read(new Derived(registers: false)).Select(f => f.Field).ToArray());
        Assert.IsEmpty(UnregisteredReader.Read(new Derived(registers: true)));
    }

    [TestMethod]
    public void Collections_of_NET_hide_their_modules()
    {
        var held = new object[]
        {
            new List<nn.Module<Tensor, Tensor>> { nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 2) },
            new[] { nn.Linear(2, 2) },
            new Dictionary<string, nn.Module> { ["head"] = nn.Linear(2, 2), ["none"] = null! },
            (nn.ReLU(), nn.Linear(2, 2)),
            new Carrier(nn.Linear(2, 2), [nn.Linear(2, 2)]),
            new CarrierStruct { Layer = nn.Linear(2, 2) },
            new HashSet<nn.Module> { nn.Linear(2, 2) },
        };
        string[][] expected = [["Held[0]", "Held[2]"], ["Held[0]"], ["Held[\"head\"]"], ["Held.Item2"], ["Held.Layer", "Held.More[0]"], ["Held.Layer"], ["Held[0]"]];
        for (var i = 0; i < held.Length; i++)
        {
            var found = UnregisteredReader.Read(new Holder(held[i]));
            CollectionAssert.AreEqual(expected[i], found.Select(f => f.Field).ToArray(), $"{i}: {string.Join(" ", found.Select(f => f.Field))}");
            Assert.AreEqual(i is not (4 or 5), found[0].IsInCollection);
            Assert.IsFalse(found[0].HolderRegistersNothing);
        }
    }

    [TestMethod]
    public void A_field_set_after_RegisterComponents_is_not_registered()
    {
        var holder = new Holder(null) { Held = nn.Sequential(nn.Linear(2, 2), nn.ReLU()) };
        var found = UnregisteredReader.Read(holder).Single();
        Assert.AreEqual(("Held", "Sequential", 2), (found.Field, found.Type, found.Parameters));
    }

    [TestMethod]
    public void Parameters_and_tensors_that_require_gradients_count_and_results_do_not()
    {
        Assert.AreEqual("Parameter", UnregisteredReader.Read(new Holder(null) { Held = new Parameter(zeros(3)) }).Single().Type);
        Assert.AreEqual("Tensor", UnregisteredReader.Read(new Holder(zeros(3, requires_grad: true))).Single().Type);
        Assert.IsEmpty(UnregisteredReader.Read(new Holder(zeros(3, requires_grad: true) * 2)));
        Assert.IsEmpty(UnregisteredReader.Read(new Holder(zeros(3))));
        var disposed = zeros(3, requires_grad: true);
        disposed.Dispose();
        Assert.IsEmpty(UnregisteredReader.Read(new Holder(disposed)));
    }

    [TestMethod]
    public void What_holds_nothing_to_train_is_left_alone()
    {
        var teacher = nn.Linear(2, 2);
        foreach (var parameter in teacher.parameters())
            parameter.requires_grad = false;
        var hidden = nn.Linear(2, 2);
        foreach (var held in new object[]
        {
            new List<nn.Module> { teacher }, new List<nn.Module> { nn.ReLU(), nn.Dropout(), nn.CrossEntropyLoss() }, (Func<Tensor, Tensor>)hidden.call, new Action(() => hidden.call(zeros(1, 2))),
            new List<float> { 1 }, "text", new Lazy<nn.Module>(hidden), new Service(hidden), new WeakReference<nn.Module>(hidden), optim.SGD(hidden.parameters(), 0.1),
        })
            Assert.IsEmpty(UnregisteredReader.Read(new Holder(held)), held.GetType().Name);
    }

    [TestMethod]
    public void What_is_registered_elsewhere_may_be_held_again()
    {
        var holder = new Holder(null);
        holder.Held = new List<object> { holder, holder.Fc, holder.Fc.weight!, nn.Sequential(holder.Fc, nn.ReLU()) };
        Assert.IsEmpty(UnregisteredReader.Read(holder));
        Assert.IsEmpty(UnregisteredReader.Read(nn.Sequential(holder, nn.Linear(2, 2))));
        var tied = nn.Linear(2, 2, hasBias: false);
        tied.weight = holder.Fc.weight;
        holder.Held = new List<object> { tied };
        Assert.IsEmpty(UnregisteredReader.Read(holder));
    }

    [TestMethod]
    public void A_module_within_is_named_with_its_holder()
    {
        var inner = new Holder(new List<nn.Module> { nn.Linear(2, 2) });
        var found = UnregisteredReader.Read(nn.Sequential(("encoder", inner), ("head", nn.Linear(2, 2)))).Single();
        Assert.AreEqual(("encoder", "Held[0]"), (found.Holder, found.Field));
        // The inner one is not registered either: it, and what it forgot.
        CollectionAssert.AreEqual(new[] { "Held[0]", "Held[0].Held[0]" }, UnregisteredReader.Read(new Holder(new[] { inner })).Select(f => f.Field).ToArray());
    }

    [TestMethod]
    public void Cycles_and_changing_collections_end()
    {
        var ring = new List<object>();
        ring.Add(new Carrier(null, []) { Back = ring });
        ring.Add(nn.Linear(2, 2));
        Assert.AreEqual("Held[1]", UnregisteredReader.Read(new Holder(ring)).Single().Field);
        object deep = nn.Linear(2, 2);
        for (var i = 0; i < 50; i++)
            deep = new List<object> { deep };
        Assert.IsEmpty(UnregisteredReader.Read(new Holder(deep)));
    }

    [TestMethod]
    public void Modules_of_TorchSharp_and_healthy_ones_hold_nothing_back()
    {
        Assert.IsEmpty(UnregisteredReader.Read(nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.PReLU(4), nn.GroupNorm(2, 4))));
        foreach (var module in new nn.Module[] { nn.LSTM(2, 3), nn.GRUCell(2, 3), nn.Embedding(3, 2), nn.MultiheadAttention(4, 2), nn.TransformerEncoderLayer(4, 2), nn.Bilinear(2, 2, 2) })
            Assert.IsEmpty(UnregisteredReader.Read(module), module.GetType().Name);
        Assert.IsEmpty(UnregisteredReader.Read(new Holder(null)));
        Assert.IsEmpty(UnregisteredReader.Read(new Mended()));
    }

    private abstract class One(string name) : nn.Module<Tensor, Tensor>(name)
    {
        public override Tensor forward(Tensor input) => input;
    }

    private class Forgotten() : One("forgotten")
    {
        private readonly Linear _first = nn.Linear(4, 3);

        public Linear Second { get; } = nn.Linear(3, 2);

        public override Tensor forward(Tensor input) => Second.call(_first.call(input));
    }

    private sealed class Derived : Forgotten
    {
        private readonly Linear _own = nn.Linear(2, 2);

        public Derived(bool registers)
        {
            if (registers)
                RegisterComponents();
        }

        public override Tensor forward(Tensor input) => _own.call(base.forward(input));
    }

    private sealed class Holder : One
    {
        public object? Held;

        public Holder(object? held)
            : base("holder")
        {
            RegisterComponents();
            Held = held;
        }

        public readonly Linear Fc = nn.Linear(2, 2);
    }

    private sealed class Mended : One
    {
        private readonly ModuleList<Linear> _layers = nn.ModuleList(nn.Linear(2, 2), nn.Linear(2, 2));
        private readonly Parameter _scale = new(ones(2));
        private readonly List<Linear> _again;

        public Mended()
            : base("mended")
        {
            _again = [.. _layers];
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => _again.Aggregate(input * _scale, (x, layer) => layer.call(x));
    }

    private sealed record Carrier(Linear? Layer, Linear[] More)
    {
        public object? Back { get; init; }
    }

    private struct CarrierStruct
    {
        public Linear Layer;
    }

    // A class may be anything: the trainer of another network, say.
    private sealed class Service(nn.Module other)
    {
        public nn.Module Other { get; } = other;
    }
}
