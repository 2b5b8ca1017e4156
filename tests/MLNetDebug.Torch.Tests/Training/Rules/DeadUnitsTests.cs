using MLNetDebug.Torch.Networks;
using MLNetDebug.Torch.Training;

namespace MLNetDebug.Torch.Tests.Training.Rules;

[TestClass]
public sealed class DeadUnitsTests
{
    [TestMethod]
    public void Dead_units_are_named_at_their_layer()
    {
        var window = Window(WindowsOfRuns.Layer("fc1", 64, 60, samples: 10, bias: -4)) with
        {
            Optimizers = [new() { Kind = "Adam", Groups = [new() { Index = 0, LearningRate = 0.3, Parameters = ["fc1.weight"] }] }],
        };
        var finding = Judge(window).Single();
        Assert.AreEqual(new Subject(SubjectKind.Layer, "fc1"), finding.Subject);
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.AreEqual(Confidence.Suspected, finding.Confidence);
        Assert.StartsWith("60 of 64 units of `fc1` (Linear) had a gradient of exactly 0 at each of the last 10 sampled steps (about 320 rows), while the others had one", finding.Message);
        Assert.EndsWith("Its bias stands at -4 on average, below what its weights of 0.25 can lift.", finding.Message);
        Assert.AreEqual("_ = torch.nn.init.kaiming_uniform_(fc1.weight);\n_ = torch.nn.init.zeros_(fc1.bias);", finding.Advice[0].Code);
        Assert.Contains("group.LearningRate = 0.1;", finding.Advice[1].Code!);
        Assert.AreEqual(Confidence.Confirmed, Judge(Window(WindowsOfRuns.Layer("fc1", 64, 60))).Single().Confidence);
    }

    [TestMethod]
    public void Each_layer_has_its_own_finding() =>
        CollectionAssert.AreEqual(new[] { "conv1", "fc1" }, Judge(Window(WindowsOfRuns.Layer("conv1", 16, 15, type: "Conv2d"), WindowsOfRuns.Layer("mid", 64, 3), WindowsOfRuns.Layer("fc1", 32, 31))).Select(f => f.Subject.Name).Order().ToArray());

    [TestMethod]
    public void The_boundaries()
    {
        var options = new DeadUnitsOptions();
        var bar = (long)Math.Ceiling(options.DeadShare * 100);
        Assert.HasCount(1, Judge(Window(WindowsOfRuns.Layer("fc1", 100, bar, samples: 10))));
        Assert.IsEmpty(Judge(Window(WindowsOfRuns.Layer("fc1", 100, bar - 1, samples: 10))));
        // 18 steps of 8 rows are 144, four of 512 enough rows and too few steps.
        Assert.IsEmpty(Judge(Window(WindowsOfRuns.Layer("fc1", 100, 100, samples: 18)) with { Batches = new() { Sizes = WindowsOfRuns.Counts((8, 100)) } }));
        Assert.HasCount(1, Judge(Window(WindowsOfRuns.Layer("fc1", 100, 100, samples: 19)) with { Batches = new() { Sizes = WindowsOfRuns.Counts((8, 100)) } }));
        Assert.IsEmpty(Judge(Window(WindowsOfRuns.Layer("fc1", 100, 100, samples: 4)) with { Batches = new() { Sizes = WindowsOfRuns.Counts((512, 100)) } }));
        Assert.HasCount(1, Judge(Window(WindowsOfRuns.Layer("fc1", 100, 100, samples: 5)) with { Batches = new() { Sizes = WindowsOfRuns.Counts((512, 100)) } }));
        Assert.IsEmpty(Judge(Window(WindowsOfRuns.Layer("fc1", 7, 7))));
        Assert.HasCount(1, Judge(Window(WindowsOfRuns.Layer("fc1", 7, 7)), new() { LeastUnits = 7 }));
        Assert.ThrowsExactly<ArgumentException>(() => Judge(Window(), new() { DeadShare = 0 }));
    }

    [TestMethod]
    public void What_is_silent_by_nature_is_not_called_dead()
    {
        Assert.IsEmpty(Judge(Window(WindowsOfRuns.Layer("fc1", 100, 30))));
        Assert.IsEmpty(Judge(Window(WindowsOfRuns.Layer("words", 100, 95, type: "Embedding", role: ParameterRole.Embedding))));
        Assert.IsEmpty(Judge(Window(WindowsOfRuns.Layer("up", 100, 95, type: "ConvTranspose2d"))));
        // The gradient as a whole was 0.
        Assert.IsEmpty(Judge(Window(WindowsOfRuns.Layer("fc1", 100, 0, samples: 0))));
        // Outputs that no row uses.
        Assert.IsEmpty(Judge(WindowsOfRuns.Empty with { Parameters = [.. WindowsOfRuns.Layer("fc1", 64), .. WindowsOfRuns.Layer("head", 10, 10)], Output = new() { Width = 10 }, Batches = new() { Sizes = WindowsOfRuns.Counts((32, 100)) } }));
        // Nothing is left to learn.
        Assert.IsEmpty(Judge(Window(WindowsOfRuns.Layer("fc1", 100, 95)) with { Output = new() { Width = 10, ZeroLossShare = 0.6 } }));
    }

    [TestMethod]
    public void A_layer_that_is_dead_as_a_whole_is_named_and_those_in_front_of_it_are_not()
    {
        var finding = Judge(Blocked()).Single();
        Assert.AreEqual("fc2", finding.Subject.Name);
        Assert.AreEqual(Confidence.Confirmed, finding.Confidence);
        Assert.Contains("64 of 64 units of `fc2` (Linear) had a gradient of exactly 0 at each of the last 5 sampled steps (about 160 rows), and the outputs are alike for every row", finding.Message);
    }

    [TestMethod]
    public void Layers_without_gradient_are_not_dead_where_something_else_explains_it()
    {
        var window = Blocked();
        Assert.IsEmpty(Judge(window with { Output = new() { Width = 10, ZeroLossShare = 0 } }), "The rows reach the output.");
        Assert.IsEmpty(Judge(window with { Output = new() { Width = 10, ZeroLossShare = 0, AlikeSamples = 4 } }), "Four samples are too few.");
        Assert.IsEmpty(Judge(window with { Loss = Loss(0) }), "Nothing is left to learn.");
        Assert.IsEmpty(Judge(window with { Parameters = [.. window.Parameters.Select(p => p with { GradientNorms = [.. p.GradientNorms.TakeLast(49)] })] }), "Too few steps.");
        Assert.IsEmpty(Judge(window with { Parameters = [.. window.Parameters.Select(p => p with { GradientNorms = [] })] }), "No gradient at all: they are frozen.");
        Assert.IsEmpty(Judge(window with { Batches = new() { Sizes = WindowsOfRuns.Counts((2, 1000)) } }), "A hundred rows are too few.");
        // The ring holds no more than 128 steps.
        var long_ = window with { Parameters = [.. window.Parameters.Select(p => p with { GradientNorms = p.GradientNorms.Any(n => n > 0) ? p.GradientNorms : new double[128] })] };
        Assert.HasCount(1, Judge(long_ with { SampleEvery = 100 }));
        // A head that was never called has zeros too.
        ParameterTrack[] ordered = [.. window.Parameters.Select((p, i) => p with { Order = i / 2 }), .. WindowsOfRuns.Layer("unused", 64, samples: 0).Select(p => p with { GradientNorms = new double[50] })];
        Assert.AreEqual("fc2", Judge(window with { Parameters = ordered }).Single().Subject.Name);
        // One single gradient, and the layer is alive.
        Assert.AreEqual("fc1", Judge(window with { Parameters = [.. window.Parameters.Select(p => p.Name == "fc2.bias" ? p with { GradientNorms = [.. p.GradientNorms.SkipLast(1), 1e-9] } : p)] }).Single().Subject.Name);
    }

    [TestMethod]
    public void Runs_of_which_nothing_is_known_are_silent()
    {
        Assert.IsEmpty(Judge(WindowsOfRuns.Empty));
        Assert.IsEmpty(Judge(Window(WindowsOfRuns.Layer("fc1", 100, 95)) with { Batches = new() }));
    }

    [TestMethod]
    public void A_weight_of_the_network_itself_is_named_by_its_own_name()
    {
        ParameterTrack own = WindowsOfRuns.Layer("", 64, 64)[0] with { Name = "weight" };
        Assert.AreEqual("weight", Judge(Window([own])).Single().Subject.Name);
    }

    /// <summary>Two hidden layers without any gradient, and a last one whose bias has one.</summary>
    private static TrainingWindow Blocked()
    {
        double[] zeros = new double[50], some = [.. Enumerable.Repeat(0.1, 50)];
        ParameterTrack[] Silent(string name) => [.. WindowsOfRuns.Layer(name, 64, samples: 0).Select(p => p with { GradientNorms = zeros })];
        ParameterTrack[] head = [.. WindowsOfRuns.Layer("head", 10, samples: 0).Select(p => p with { GradientNorms = p.Role == ParameterRole.Bias ? some : zeros })];
        return WindowsOfRuns.Empty with
        {
            Parameters = [.. Silent("fc1"), .. Silent("fc2"), .. head],
            Output = new() { Width = 10, ZeroLossShare = 0, AlikeSamples = 20 },
            Loss = Loss(2.3),
            Batches = new() { Sizes = WindowsOfRuns.Counts((32, 1000)) },
        };
    }

    private static LossTrack Loss(double level) => new() { Recent = [.. Enumerable.Repeat(level, 50)], First = 2.3 };

    private static TrainingWindow Window(params ParameterTrack[][] layers) => WindowsOfRuns.Empty with
    {
        Parameters = [.. layers.SelectMany(l => l), .. WindowsOfRuns.Layer("head", 10)],
        Output = new() { Width = 10, ZeroLossShare = 0 },
        Batches = new() { Sizes = WindowsOfRuns.Counts((32, 990), (4, 10)) },
    };

    private static IReadOnlyList<Finding> Judge(TrainingWindow window, DeadUnitsOptions? options = null) => WindowsOfRuns.Judge(new DeadUnits(options), window).Findings;
}
