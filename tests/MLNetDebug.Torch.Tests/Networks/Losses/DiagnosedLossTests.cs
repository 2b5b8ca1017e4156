using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace MLNetDebug.Torch.Tests.Networks.Losses;

[TestClass]
public sealed class DiagnosedLossTests
{
    // The first test to ask for them may do so within a scope of its own.
    private static readonly Tensor Logits = randn([64, 5], generator: new Generator(3)).DetachFromDisposeScope();
    private static readonly Tensor Labels = arange(64, dtype: int64).remainder(5).DetachFromDisposeScope();
    private static readonly Tensor Probabilities = F.softmax(Logits, 1).DetachFromDisposeScope();

    [TestMethod]
    public void It_returns_what_the_loss_returns_with_its_graph()
    {
        using var inner = nn.CrossEntropyLoss();
        var loss = DiagnosedLoss.Wrap(inner);
        using var plain = Logits.clone().requires_grad_();
        using var watched = Logits.clone().requires_grad_();
        for (var i = 0; i < 3; i++)
        {
            using var a = inner.call(plain, Labels);
            using var b = loss.call(watched, Labels);
            Assert.IsTrue(a.bytes.SequenceEqual(b.bytes));
            a.backward();
            b.backward();
        }

        Assert.IsTrue(plain.grad!.bytes.SequenceEqual(watched.grad!.bytes));
        Assert.IsEmpty(loss.Report.Findings);
        Assert.AreEqual(3, loss.Calls);
    }

    [TestMethod]
    public void A_training_under_watch_ends_in_the_same_bits()
    {
        Assert.IsTrue(Train(l => l).SequenceEqual(Train(l => DiagnosedLoss.Wrap(l, new() { Every = 1 }))));
        Assert.IsTrue(Train(l => l).SequenceEqual(Train(l => DiagnosedLoss.Wrap((x, y) => F.cross_entropy(x, y), new() { Every = 3 }))));
    }

    [TestMethod]
    public void Each_rule_is_told_once_and_every_hundredth_call_is_looked_at()
    {
        var told = new List<Finding>();
        var loss = DiagnosedLoss.Wrap(nn.CrossEntropyLoss(), new() { OnFinding = told.Add });
        for (var i = 0; i < 201; i++)
            loss.call(i is 100 or 200 ? Probabilities : Logits, Labels).Dispose();
        Assert.AreEqual(RuleIds.ProbabilitiesIntoCrossEntropy, told.Single().Rule.Id);
        Assert.AreEqual(100, told[0].Subject.Step);
        Assert.AreEqual(RuleIds.ProbabilitiesIntoCrossEntropy, loss.Report.Findings.Single().Rule.Id);
        Assert.HasCount(10, loss.Report.Checked);

        var later = DiagnosedLoss.Wrap(nn.CrossEntropyLoss(), new() { Every = 7 });
        for (var i = 0; i < 7; i++)
            later.call(i == 0 ? Logits : Probabilities, Labels).Dispose();
        Assert.IsEmpty(later.Report.Findings);
        later.call(Probabilities, Labels).Dispose();
        Assert.HasCount(1, later.Report.Findings);
    }

    [TestMethod]
    public void Facts_throw_at_the_first_call()
    {
        var loss = DiagnosedLoss.Wrap((x, y) => F.mse_loss(x, y));
        using var x = randn(32, 1);
        using var y = randn(32);
        var count = TensorCount.Settled();
        var thrown = Assert.ThrowsExactly<DiagnosticException>(() => loss.call(x, y));
        Assert.AreEqual(count, Tensor.TotalCount);
        Assert.Contains("MLD217 BroadcastLoss", thrown.Message);
        Assert.Contains("target.unsqueeze(-1)", thrown.Report.Of(RuleIds.BroadcastLoss).Single().Advice.Single().Code!);
        foreach (var options in new DiagnosedLossOptions[] { new() { FailOn = Severity.None }, new() { Silence = [RuleIds.BroadcastLoss] }, new() { Severities = new Dictionary<string, Severity> { [RuleIds.BroadcastLoss] = Severity.Info } } })
            DiagnosedLoss.Wrap((a, b) => F.mse_loss(a, b), options).call(x, y).Dispose();
        Assert.ThrowsExactly<DiagnosticException>(() => DiagnosedLoss.Wrap(nn.CrossEntropyLoss(), new() { FailOn = Severity.Warning }).call(Probabilities, Labels));
    }

    [TestMethod]
    public void What_the_loss_throws_is_explained_or_passes_unchanged()
    {
        using var truths = ones(64, 5);
        var thrown = Assert.ThrowsExactly<DiagnosticException>(() => DiagnosedLoss.Wrap(nn.BCELoss()).call(Logits, truths));
        Assert.IsInstanceOfType<ExternalException>(thrown.InnerException);
        Assert.Contains("the sigmoid is missing", thrown.Message);
        Assert.ThrowsExactly<DiagnosticException>(() => DiagnosedLoss.Wrap((x, y) => F.binary_cross_entropy(x, y)).call(Logits, truths));
        using var column = randn(64, 1);
        using var row = ones(64);
        Assert.Contains("MLD217", Assert.ThrowsExactly<DiagnosticException>(() => DiagnosedLoss.Wrap(nn.BCEWithLogitsLoss()).call(column, row)).Message);
        Assert.Contains("MLD219", Assert.ThrowsExactly<DiagnosticException>(() => DiagnosedLoss.Wrap(nn.CrossEntropyLoss()).call(column, Labels)).Message);
        using var tooHigh = Labels + 3;
        Assert.ThrowsExactly<ExternalException>(() => DiagnosedLoss.Wrap(nn.CrossEntropyLoss()).call(Logits, tooHigh));
        Assert.ThrowsExactly<ExternalException>(() => DiagnosedLoss.Wrap(nn.BCELoss(), new() { FailOn = Severity.None }).call(Logits, truths));
        Assert.ThrowsExactly<InvalidOperationException>(() => DiagnosedLoss.Wrap((x, y) => throw new InvalidOperationException()).call(Logits, truths));
        // Between two looks too.
        var later = DiagnosedLoss.Wrap(nn.BCELoss());
        later.call(Probabilities, truths).Dispose();
        Assert.ThrowsExactly<DiagnosticException>(() => later.call(Logits, truths));
    }

    [TestMethod]
    public void Divergences_are_judged()
    {
        using var logs = F.log_softmax(Logits, 1);
        string Ids(bool logTarget, Tensor x, Tensor y) => string.Join(" ", Watch(nn.KLDivLoss(logTarget), x, y).Findings.Where(f => f.Severity >= Severity.Warning).Select(f => f.Rule.Id));
        Assert.AreEqual("", Ids(false, logs, Probabilities));
        Assert.AreEqual("", Ids(true, logs, logs));
        Assert.AreEqual("MLD216", Ids(true, logs, Probabilities));
        Assert.AreEqual("MLD216", Ids(false, logs, logs));
        Assert.AreEqual("MLD215", Ids(false, Logits, Probabilities));
        Assert.AreEqual("MLD215", Ids(false, Probabilities, Probabilities));
        Assert.AreEqual("MLD215", Ids(false, Probabilities, logs));
        Assert.AreEqual("MLD216", Ids(false, logs, Logits));
        // Distributions along the last of three dimensions, some positions padded.
        using var sequences = F.log_softmax(randn(4, 6, 20), 2);
        using var words = F.softmax(randn(4, 6, 20), 2);
        words[0, 5] = 0;
        Assert.AreEqual("", Ids(false, sequences, words));
        Assert.AreEqual("MLD216", Ids(true, sequences, words));
    }

    [TestMethod]
    public void Real_faults_are_found_one_by_one_and_healthy_losses_are_silent()
    {
        using var truths = randint(0, 2, [64, 5], generator: new Generator(5)).to(float32);
        using var logs = F.log_softmax(Logits, 1);
        foreach (var (expected, loss, x, y) in new (string, nn.Module<Tensor, Tensor, Tensor>, Tensor, Tensor)[]
        {
            ("", nn.CrossEntropyLoss(), Logits, Labels), ("", nn.CrossEntropyLoss(), logs, Labels), ("", nn.NLLLoss(), logs, Labels), ("", nn.BCELoss(), Probabilities, truths),
            ("", nn.BCEWithLogitsLoss(), Logits, truths), ("", nn.MSELoss(), Logits, truths), ("", nn.CrossEntropyLoss(), Logits, Probabilities), ("", nn.CrossEntropyLoss(), zeros(64, 5), Labels),
            ("", nn.CrossEntropyLoss(), Logits * 0.01f, Labels), ("", nn.CrossEntropyLoss(), randn(4, 5, 8, 8), zeros(4, 8, 8, dtype: int64)),
            ("MLD204", nn.CrossEntropyLoss(), F.relu(Logits), Labels), ("MLD204", nn.CrossEntropyLoss(), tanh(Logits * 3), Labels), ("MLD204", nn.CrossEntropyLoss(), sigmoid(Logits), Labels),
            ("MLD210", nn.CrossEntropyLoss(), Probabilities, Labels), ("MLD211", nn.NLLLoss(), Logits, Labels), ("MLD211", nn.NLLLoss(), Probabilities, Labels), ("MLD212", nn.BCEWithLogitsLoss(), Logits, truths * 2 - 1),
            ("MLD218", nn.MSELoss(nn.Reduction.Sum), Logits, truths), ("MLD219", nn.CrossEntropyLoss(), zeros(64, 1), zeros(64, dtype: int64)), ("MLD310", nn.CrossEntropyLoss(), Logits * 30, Labels),
        })
        {
            Assert.AreEqual(expected, string.Join(" ", Watch(loss, x, y).Findings.Select(f => f.Rule.Id)), loss.GetType().Name);
            // A function is known by its numbers as well as a module by its type.
            if (expected is not "MLD219")
                Assert.AreEqual(expected, string.Join(" ", DiagnosedWatch(DiagnosedLoss.Wrap(loss.call, new() { FailOn = Severity.None }), x, y).Findings.Select(f => f.Rule.Id)), loss.GetType().Name);
        }
    }

    [TestMethod]
    public void Modes_and_moves_reach_the_loss()
    {
        using var weight = ones(5);
        var inner = nn.CrossEntropyLoss(weight);
        var loss = DiagnosedLoss.Wrap(inner);
        loss.eval();
        Assert.IsFalse(inner.training);
        loss.train();
        Assert.IsTrue(inner.training);
        Assert.AreSame(inner, loss.named_children().Single().module);
        loss.to(float64);
    }

    [TestMethod]
    public void Wrong_options_are_told() =>
        Assert.ThrowsExactly<ArgumentException>(() => DiagnosedLoss.Wrap(nn.CrossEntropyLoss(), new() { Every = 0 }));

    [TestMethod]
    public void Nothing_is_left_behind()
    {
        var loss = DiagnosedLoss.Wrap(nn.CrossEntropyLoss(), new() { Every = 1 });
        loss.call(Logits, Labels).Dispose();
        var count = TensorCount.Settled();
        for (var i = 0; i < 5; i++)
            loss.call(Logits, Labels).Dispose();
        Assert.AreEqual(count, Tensor.TotalCount);
    }

    private static DiagnosticReport Watch(nn.Module<Tensor, Tensor, Tensor> loss, Tensor x, Tensor y) => DiagnosedWatch(DiagnosedLoss.Wrap(loss, new() { FailOn = Severity.None }), x, y);

    private static DiagnosticReport DiagnosedWatch(DiagnosedLoss loss, Tensor x, Tensor y)
    {
        loss.call(x, y).Dispose();
        return loss.Report;
    }

    private static byte[] Train(Func<nn.Module<Tensor, Tensor, Tensor>, nn.Module<Tensor, Tensor, Tensor>> watch)
    {
        random.manual_seed(7);
        using var model = nn.Sequential(("fc1", nn.Linear(5, 16)), ("drop", nn.Dropout(0.2)), ("fc2", nn.Linear(16, 5)));
        using var optimizer = optim.Adam(model.parameters());
        var loss = watch(nn.CrossEntropyLoss());
        for (var i = 0; i < 10; i++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            loss.call(model.call(Logits), Labels).backward();
            optimizer.step();
        }

        using var state = random.get_rng_state();
        return [.. model.parameters().SelectMany(p => p.bytes.ToArray()), .. state.bytes];
    }
}
