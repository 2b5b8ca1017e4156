using MLNetDebug.Torch.Networks;
using static MLNetDebug.Torch.Tests.Networks.LossProfiles;

namespace MLNetDebug.Torch.Tests.Networks.Rules;

[TestClass]
public sealed class ActivationBeforeSoftmaxTests
{
    private static readonly DistributionFacts Relu = Rows(0, 3, zeros: 0.48), Tanh = Rows(-1, 1, edges: 0.2), Sigmoid = Rows(0.001, 0.999, edges: 0.1), Healthy = Rows(-3, 3, edges: 0.4);

    [TestMethod]
    [DataRow("ReLU", "48 % of them are exactly 0")]
    [DataRow("Tanh", "no lower than 0.797")]
    [DataRow("Sigmoid", "no lower than 1.46")]
    public void An_activation_module_before_the_loss_is_named(string type, string said)
    {
        var rows = type switch { "ReLU" => Relu, "Tanh" => Tanh, _ => Sigmoid };
        var finding = Judge(Of(LossKind.CrossEntropy, rows).EndingWith(type, ModuleKind.Activation, "act")).Findings.Single();
        Assert.AreEqual((Severity.Warning, Confidence.Confirmed, "act"), (finding.Severity, finding.Confidence, finding.Subject.Name));
        Assert.StartsWith($"`act` ({type}) stands between the last layer and CrossEntropyLoss", finding.Message);
        Assert.Contains(said, finding.Message);
        Assert.Contains("fc2.call(h);   // without act", finding.Advice[0].Code!);
    }

    [TestMethod]
    [DataRow(2, 0.313)]
    [DataRow(3, 0.551)]
    [DataRow(10, 1.461)]
    [DataRow(100, 3.622)]
    public void The_floor_is_that_of_theory(long classes, double floor) =>
        Assert.AreEqual(floor, Judge(Of(LossKind.CrossEntropy, Sigmoid with { Classes = classes }).EndingWith("Sigmoid", ModuleKind.Activation)).Findings.Single().Evidence[^1].Value, 1e-3);

    [TestMethod]
    public void A_functional_activation_is_named_within_its_module()
    {
        var finding = Judge(Of(LossKind.CrossEntropy, Relu).EndingWithOperation("relu")).Findings.Single();
        Assert.AreEqual("Net", finding.Subject.Name);
        Assert.Contains("relu() in the code of the network", finding.Message);
    }

    [TestMethod]
    public void Before_a_softmax_of_the_networks_own_it_is_named_too()
    {
        var profile = Of(LossKind.NegativeLogLikelihood, LogProbabilities());
        var relu = profile.With(l => l with { Input = Facts([64, 10], 0, 3, zeros: 0.5) }).EndingWith("ReLU", ModuleKind.Activation, "act");
        var softmax = relu with { Loss = profile.Loss };
        var finding = Judge(softmax with
        {
            Modules = [.. softmax.Modules, new() { Name = "soft", Type = "LogSoftmax", Kind = ModuleKind.LogSoftmax, Parent = "", IsLeaf = true, IsBuiltIn = true }],
            Calls = [.. softmax.Calls, new() { Index = 2, Module = "soft", IsInnermost = true, Inputs = [2], Outputs = [3] }],
            Values = [.. softmax.Values, new() { Id = 3, Facts = profile.Loss!.Input, Source = ValueSource.Module, Call = 2 }],
            Loss = profile.Loss with { InputValue = 3 },
        }).Findings.Single();
        Assert.AreEqual("act", finding.Subject.Name);
        Assert.Contains("between the last layer and `soft` (LogSoftmax)", finding.Message);
    }

    [TestMethod]
    public void Values_alone_are_a_suspicion()
    {
        foreach (var (rows, function) in new[] { (Relu, "relu"), (Tanh, "tanh"), (Sigmoid, "sigmoid") })
        {
            var finding = Judge(Of(LossKind.CrossEntropy, rows)).Findings.Single();
            Assert.AreEqual((Severity.Warning, Confidence.Suspected, "Net"), (finding.Severity, finding.Confidence, finding.Subject.Name));
            Assert.Contains($"look like the result of {function}()", finding.Message);
        }

        var centred = Of(LossKind.CrossEntropy, Rows(0.3, 0.7, edges: 0)).With(l => l with { Input = Facts([64, 10], 0.3, 0.7, 0.5, 0.07) });
        Assert.Contains("sigmoid()", Judge(centred).Findings.Single().Message);
    }

    [TestMethod]
    public void The_sigmoid_within_a_binary_loss_has_floors_of_its_own()
    {
        var finding = Judge(Of(LossKind.BinaryCrossEntropyWithLogits, Sigmoid with { Classes = 1 }, Rows(0, 1, classes: 1)).EndingWith("Sigmoid", ModuleKind.Activation)).Findings.Single();
        Assert.Contains("no lower than 0.313 on positives and 0.693 on negatives", finding.Message);
        Assert.AreEqual(Severity.Warning, Judge(Of(LossKind.BinaryCrossEntropyWithLogits, Rows(-0.27, 3, classes: 1), Rows(0, 1, classes: 1)).EndingWith("SiLU", ModuleKind.Activation)).Findings.Single().Severity);
        Assert.HasCount(1, Judge(Of(LossKind.BinaryCrossEntropyWithLogits, Relu with { Classes = 1 }, Rows(0, 1, classes: 1)).EndingWith("ReLU", ModuleKind.Activation)).Findings);
    }

    [TestMethod]
    [DataRow("LeakyReLU", -0.1, 3, Severity.Info)]
    [DataRow("ELU", -0.99, 3, Severity.Info)]
    [DataRow("GELU", -0.17, 3, Severity.Warning)]
    [DataRow("SiLU", -0.27, 3, Severity.Info)]
    [DataRow("Softplus", 0.1, 3, Severity.Info)]
    [DataRow("LogSigmoid", -5, -0.1, Severity.Info)]
    public void Activations_that_measured_no_harm_are_mentioned_only(string type, double min, double max, Severity severity) =>
        Assert.AreEqual(severity, Judge(Of(LossKind.CrossEntropy, Rows(min, max)).EndingWith(type, ModuleKind.Activation)).Findings.Single().Severity);

    [TestMethod]
    public void Healthy_logits_are_silent()
    {
        Silent(Of(LossKind.CrossEntropy, Healthy));
        Silent(Of(LossKind.CrossEntropy, Healthy).WithLinear());
        // Soft caps bound far beyond 1; a scaling stands behind the tanh.
        Silent(Of(LossKind.CrossEntropy, Rows(-30, 30)).EndingWithOperation("soft_cap"));
        Silent(Of(LossKind.CrossEntropy, Rows(-30, 30)).EndingWithOperation("scale"));
        Silent(Of(LossKind.CrossEntropy, Rows(-30, 30)).EndingWith("Hardtanh", ModuleKind.Activation, settings: [("min_val", -30), ("max_val", 30)]));
        // A last layer that starts at 0.
        Silent(Of(LossKind.CrossEntropy, Rows(0, 0, zeros: 1, edges: 0)));
        // Small logits of a network that starts.
        Silent(Of(LossKind.CrossEntropy, Rows(-0.4, 0.5, edges: 0)));
        Silent(Of(LossKind.CrossEntropy, Rows(-0.9, 0.995, edges: 0.002)));
        Silent(Of(LossKind.CrossEntropy, Rows(0.05, 0.4, edges: 0, classes: 2)).With(l => l with { Input = Facts([64, 2], 0.05, 0.4, 0.2, 0.07) }));
        Silent(Of(LossKind.BinaryCrossEntropyWithLogits, Rows(0.01, 0.3, edges: 0, classes: 1), Rows(0, 1, classes: 1)));
        // Probabilities are MLD210's, one class is MLD219's.
        Silent(Of(LossKind.CrossEntropy, Probabilities()));
        Silent(Of(LossKind.CrossEntropy, Rows(0, 3, zeros: 0.5, classes: 1)));
        // An NLL of logarithms that the network takes itself, and losses of numbers.
        Silent(Of(LossKind.MeanSquaredError, Relu).EndingWith("ReLU", ModuleKind.Activation));
    }

    [TestMethod]
    public void The_boundary_is_the_share_of_zeros()
    {
        Silent(Of(LossKind.CrossEntropy, Rows(0, 3, zeros: 0.05)));
        Assert.HasCount(1, Judge(Of(LossKind.CrossEntropy, Rows(0, 3, zeros: 0.051))).Findings);
        Silent(Of(LossKind.CrossEntropy, Rows(0, 3, zeros: 0.051)), new() { ZeroShare = 0.1 });
        // Nine logits are too few, whatever their share.
        Silent(Of(LossKind.CrossEntropy, Rows(0, 3, zeros: 0.5, classes: 9, rows: 2)));
    }

    [TestMethod]
    public void What_cannot_be_judged_is_said_once()
    {
        var report = Judge(Of(LossKind.Unknown, Healthy));
        Assert.IsEmpty(report.Findings);
        Assert.Contains("none of TorchSharp's losses", report.NotChecked.Single().Reason);
        Silent(new NetworkProfile { Network = "Net" });
        Silent(Of(LossKind.CrossEntropy, Rows(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN)));
    }

    private static void Silent(NetworkProfile profile, ActivationBeforeSoftmaxOptions? options = null)
    {
        var report = Judge(profile, options);
        Assert.IsEmpty(report.Findings);
        Assert.IsEmpty(report.NotChecked);
    }

    private static DiagnosticReport Judge(NetworkProfile profile, ActivationBeforeSoftmaxOptions? options = null) => LossProfiles.Judge(new ActivationBeforeSoftmax(options), profile);
}
