using MLNetDebug.Torch.Training;
using MLNetDebug.Torch.Training.Locating;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests.Training.NonFinite;

[TestClass]
public sealed class NonFiniteLocaliserTests
{
    [TestMethod]
    [DataRow(ScalarType.Float32)]
    [DataRow(ScalarType.BFloat16)]
    public void The_operation_and_its_value_are_named(ScalarType type)
    {
        AssertMade(type, "log of 0", 0, static x => x.relu().log(), "x.clamp(min: 1e-12).log()");
        AssertMade(type, "division by 0", 0, static x => x.relu().reciprocal());
        AssertMade(type, "division by 0", 0, static x => x / (x - x.amax([1], true)));
        AssertMade(type, "log of 0, behind a softmax", 0, static x => x.softmax(1).log(), inside: static x => x * 300);
        AssertMade(type, "division by a standard deviation of 0", 0, static x => (x - x.mean([0], true)) / x.std(0, true, true), inside: ConstantColumn);
        AssertMade(type, "division by a norm of 0", 0, static x => x / x.norm(1, true, 2), inside: ZeroRow);
    }

    [TestMethod]
    public void What_is_seen_in_one_way_only_is_named_by_what_it_did()
    {
        StringAssert.StartsWith(Made(static x => x.sqrt()).Operation, "square root of -");
        StringAssert.StartsWith(Made(static x => x.square(), static x => x * 1e20f).Operation, "overflow of a square");
        StringAssert.StartsWith(Made(static x => (x * 500).exp()).Operation, "exp of ");
        StringAssert.StartsWith(Made(static x => x.exp() / x.exp().sum(1, keepdim: true), static x => x * 300).Operation, "exp of ");
        StringAssert.StartsWith(Made(static x => x.acos(), static x => x * 2).Operation, "acos of ");
        // Too many operations give nothing but NaN.
        Assert.AreEqual("", Made(static x => x * double.NaN).Operation);
        Assert.AreEqual("", Made(static x => x.erfinv(), static x => x * 3).Operation);
    }

    [TestMethod]
    public void Batch_and_target_are_told_with_their_first_row()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (randn(16, 4), randn(16, 1));
        y[5] = tensor(float.PositiveInfinity);
        y[9] = tensor(float.NaN);
        var incident = NonFiniteLocaliser.Locate(Networks.Replay(Networks.Chain(static t => t.alias()), x, y), 0, "loss");
        Assert.AreEqual((NonFiniteDirection.Input, "target", 5L, 2L), (incident.Direction, incident.Tensor, incident.Row!.Value, incident.Count));
        Assert.IsTrue(incident.IsReplayed && incident.IsReproduced);
        Assert.IsNull(incident.Module);
    }

    [TestMethod]
    public void A_running_variance_is_to_blame_where_it_is_read()
    {
        using var scope = NewDisposeScope();
        var model = Networks.Chain(static t => t.alias());
        using (no_grad())
            _ = ((BatchNorm1d)model[1]).running_var!.fill_(float.NaN);
        model.eval();
        var incident = NonFiniteLocaliser.Locate(Networks.Replay(model, randn(16, 4), randn(16, 1)), 0, "loss");
        Assert.AreEqual((NonFiniteDirection.Parameter, "bn.running_var", "bn", "bn.reset_running_stats();"), (incident.Direction, incident.Tensor, incident.Module, incident.MendCode));
        // In training it is written, not read: the batch is to blame.
        model.train();
        var x = randn(16, 4);
        x[3, 0] = tensor(float.NaN);
        Assert.AreEqual(NonFiniteDirection.Input, NonFiniteLocaliser.Locate(Networks.Replay(model, x, randn(16, 1)), 0, "loss").Direction);
    }

    [TestMethod]
    public void An_update_is_told_from_a_step_that_began_so()
    {
        using var scope = NewDisposeScope();
        var model = Networks.Chain(static t => t.alias());
        var replay = Networks.Replay(model, randn(16, 4), randn(16, 1), isLossFinite: true);
        replay.Loss!().backward();
        using (no_grad())
            _ = ((Linear)model[4]).weight!.fill_(float.PositiveInfinity);
        var incident = NonFiniteLocaliser.Locate(replay, 4, "parameter fc2.weight");
        Assert.AreEqual((NonFiniteDirection.Update, "fc2.weight", 8L, false), (incident.Direction, incident.Tensor, incident.Count, incident.IsReplayed));
    }

    [TestMethod]
    public void Without_a_forward_pass_the_facts_are_told()
    {
        using var scope = NewDisposeScope();
        var model = Networks.Chain(static t => t.abs().sqrt());
        var (x, y) = (randn(16, 4), randn(16, 1));
        var replay = Networks.Replay(model, x, y) with { Loss = null };
        Assert.AreEqual((NonFiniteDirection.Forward, null, false), Told(NonFiniteLocaliser.Locate(replay, 0, "loss")));
        nn.functional.mse_loss(model.call(x), y).backward();
        var backward = NonFiniteLocaliser.Locate(replay with { IsLossFinite = true }, 0, "gradient of fc1.weight");
        Assert.AreEqual((NonFiniteDirection.Backward, "", false), Told(backward));
        Assert.AreEqual(("bn", "fc2"), (backward.After, backward.Before));
        x[2, 2] = tensor(float.NaN);
        Assert.AreEqual((NonFiniteDirection.Input, null, false), Told(NonFiniteLocaliser.Locate(replay, 0, "loss")));
        x[2, 2] = tensor(0f);
        using (no_grad())
            _ = ((Linear)model[0]).bias!.fill_(float.NaN);
        Assert.AreEqual((NonFiniteDirection.Parameter, "fc1", false), Told(NonFiniteLocaliser.Locate(replay, 0, "loss")));
        Assert.AreEqual("mean over no elements (an empty batch)", NonFiniteLocaliser.Locate(replay with { Batch = [("input 0", zeros(0, 4))] }, 0, "loss").Operation);
    }

    [TestMethod]
    public void What_does_not_come_again_is_said()
    {
        using var scope = NewDisposeScope();
        var calls = 0;
        var model = Networks.Chain(t => calls++ == 0 ? t.relu().log() : t);
        var replay = Networks.Replay(model, randn(16, 4), randn(16, 1));
        _ = replay.Loss!();
        var incident = NonFiniteLocaliser.Locate(replay, 0, "loss");
        Assert.AreEqual((NonFiniteDirection.Forward, true, false), (incident.Direction, incident.IsReplayed, incident.IsReproduced));
        var thrown = NonFiniteLocaliser.Locate(replay with { Loss = () => throw new InvalidOperationException("the loader is closed") }, 0, "loss");
        Assert.AreEqual((NonFiniteDirection.Forward, true, false), (thrown.Direction, thrown.IsReplayed, thrown.IsReproduced));
    }

    [TestMethod]
    public void Dropout_falls_the_same_way_again()
    {
        using var scope = NewDisposeScope();
        torch.random.manual_seed(5);
        // One unit of one row: another random state would not drop it.
        var model = nn.Sequential(("drop", nn.Dropout(0.05)), ("mid", new Networks.Code(static x => x.log())), ("fc", nn.Linear(4, 1)));
        var replay = Networks.Replay(model, ones(5, 4), randn(5, 1));
        _ = rand(7);
        var isBad = !double.IsFinite(Again(replay));
        Assert.AreEqual(isBad, NonFiniteLocaliser.Locate(replay, 0, "loss").IsReproduced);
    }

    [TestMethod]
    public void Half_precision_overflows_early()
    {
        using var scope = NewDisposeScope();
        var model = nn.Sequential(("fc1", nn.Linear(4, 8)), ("fc2", nn.Linear(8, 1)));
        _ = model.to(ScalarType.Float16);
        var incident = NonFiniteLocaliser.Locate(Networks.Replay(model, full([6, 4], 6e4, ScalarType.Float16) * tensor(new[] { 1f, 1, -1, 1 }).to(ScalarType.Float16), randn(6, 1).to(ScalarType.Float16)), 0, "loss");
        Assert.AreEqual(NonFiniteDirection.Forward, incident.Direction);
    }

    private static (NonFiniteDirection Direction, string? Module, bool IsReplayed) Told(NonFiniteIncident incident) => (incident.Direction, incident.Module, incident.IsReplayed);

    private static double Again(StepReplay replay)
    {
        var now = torch.random.get_rng_state();
        torch.random.set_rng_state(replay.RandomState!);
        var loss = replay.Loss!().ToDouble();
        torch.random.set_rng_state(now);
        return loss;
    }

    private static void AssertMade(ScalarType type, string operation, double value, Func<Tensor, Tensor> code, string? mend = null, Func<Tensor, Tensor>? inside = null)
    {
        var incident = Made(code, inside, type);
        Assert.AreEqual((NonFiniteDirection.Forward, "mid", operation, value), (incident.Direction, incident.Module, incident.Operation, incident.Value));
        if (mend is not null)
            Assert.AreEqual(mend, incident.MendCode);
    }

    /// <summary>Runs code in a module of its own behind a tanh and, if given, more code in a module before it.</summary>
    private static NonFiniteIncident Made(Func<Tensor, Tensor> code, Func<Tensor, Tensor>? inside = null, ScalarType type = ScalarType.Float32)
    {
        using var scope = NewDisposeScope();
        torch.random.manual_seed(2);
        var model = nn.Sequential(("fc1", nn.Linear(4, 8)), ("act", nn.Tanh()), ("before", new Networks.Code(inside ?? (static x => x.clone()))), ("mid", new Networks.Code(code)), ("fc2", nn.Linear(8, 1)));
        _ = model.to(type);
        return NonFiniteLocaliser.Locate(Networks.Replay(model, randn(24, 4).to(type), randn(24, 1).to(type)), 0, "loss");
    }

    private static Tensor ConstantColumn(Tensor x)
    {
        x = x.clone();
        x[TensorIndex.Colon, 2] = tensor(0.5f).to(x.dtype);
        return x;
    }

    private static Tensor ZeroRow(Tensor x)
    {
        x = x.clone();
        x[3] = zeros(8).to(x.dtype);
        return x;
    }
}
