using System.Globalization;
using MLNetDebug.AutoML.Results;
using MLNetDebug.AutoML.Spaces;

namespace MLNetDebug.AutoML.Tests.Spaces;

[TestClass]
public sealed class SweepOptionsChecksTests
{
    private static readonly SweepOptions Default = new() { Metric = SweepMetric.Accuracy };

    private static readonly (string Says, Func<SweepOptions, SweepOptions> Change)[] Errors =
    [
        ("Metric", o => o with { Metric = null! }),
        ("Metric has no name", o => o with { Metric = new(" ", true) }),
        ("Space", o => o with { Space = null! }),
        ("Budget", o => o with { Budget = null! }),
        ("Epochs", o => o with { Epochs = 0 }),
        ("LeastEpochs", o => o with { LeastEpochs = 0 }),
        ("LeastEpochs is 21, above Epochs (20)", o => o with { LeastEpochs = 21 }),
        ("Reduction", o => o with { Reduction = 1 }),
        ("Repeats", o => o with { Repeats = 1 }),
        ("Baseline must be finite", o => o with { Baseline = double.NaN }),
        ("Study", o => o with { Study = "" }),
        ("Study", o => o with { Study = new string('x', 201) }),
        ("Worker", o => o with { Worker = "" }),
        ("Heartbeat", o => o with { Heartbeat = TimeSpan.Zero }),
        ("Heartbeat", o => o with { Heartbeat = TimeSpan.MaxValue }),
        ("HeartbeatExpiry must be at least 3 times", o => o with { Heartbeat = TimeSpan.FromSeconds(11) }),
        ("MaxAttempts", o => o with { MaxAttempts = 0 }),
        ("Probe tests learning rates", o => o with { Probe = new NoProbe(), Space = new() { LearningRate = null } }),
        ("Trials", o => o with { Budget = new() { Trials = 0 } }),
        ("Epochs", o => o with { Budget = new() { Epochs = 0 } }),
        ("Time must be above 0", o => o with { Budget = new() { Time = TimeSpan.Zero } }),
        ("at least one of Trials, Epochs and Time", o => o with { Budget = new() { Trials = null } }),
        ("LearningRate is 0 to 1", o => o with { Space = new() { LearningRate = new(0, 1) } }),
        ("LearningRate is 2 to 1", o => o with { Space = new() { LearningRate = new(2, 1) } }),
        ("LearningRate", o => o with { Space = new() { LearningRate = new(double.NaN, 1) } }),
        ("LearningRate", o => o with { Space = new() { LearningRate = new(1, double.PositiveInfinity) } }),
        ("BatchSizes must be at least 1 and ascend: 0, 16", o => o with { Space = new() { BatchSizes = [0, 16] } }),
        ("BatchSizes", o => o with { Space = new() { BatchSizes = [16, 16] } }),
        ("lists must not be null", o => o with { Space = new() { BatchSizes = null! } }),
        ("lists must not be null", o => o with { Space = new() { Options = [null!] } }),
        ("nothing is searched", o => o with { Space = new() { LearningRate = null, BatchSizes = [] } }),
        ("each needs a name of its own", o => With(o, new NumberOption("LearningRate", 0, 1))),
        ("each needs a name of its own", o => With(o, new NumberOption("a", 0, 1), new NumberOption("a", 0, 1))),
        ("each needs a name of its own", o => With(o, new NumberOption(null!, 0, 1))),
        ("Option 'a' goes from 1 to 1", o => With(o, new NumberOption("a", 1, 1))),
        ("Option 'a' goes from", o => With(o, new NumberOption("a", double.NaN, 1))),
        ("finite difference", o => With(o, new NumberOption("a", -1.7e308, 1.7e308))),
        ("Option 'a' is logarithmic and begins at 0", o => With(o, new NumberOption("a", 0, 1, true))),
        ("Option 'a' goes from 1 to 1", o => With(o, new WholeNumberOption("a", 1, 1))),
        ("at most", o => With(o, new WholeNumberOption("a", int.MinValue, int.MaxValue))),
        ("Option 'a' needs at least two texts", o => With(o, new ChoiceOption("a", ["x"]))),
        ("Option 'a' needs at least two texts", o => With(o, new ChoiceOption("a", ["x", "x"]))),
        ("Option 'a' needs at least two texts", o => With(o, new ChoiceOption("a", ["x", ""]))),
        ("Option 'a' needs at least two texts", o => With(o, new ChoiceOption("a", null!))),
        ("Option 'a' is a Odd", o => With(o, new SpaceMapTests.Odd("a"))),
        ("must not be null or hold null", o => o with { Severities = null! }),
        ("must not be null or hold null", o => o with { RuleOptions = null! }),
        ("must not be null or hold null", o => o with { RuleOptions = [null!] }),
        ("'MLD999' is no rule", o => o with { Severities = new Dictionary<string, Severity> { ["MLD999"] = Severity.Info } }),
        ("is no severity", o => o with { Severities = new Dictionary<string, Severity> { ["MLD501"] = (Severity)77 } }),
        ("MinimumEffect", o => o with { RuleOptions = [new BatchSizeEffectOptions { MinimumEffect = -1 }] }),
        ("Two BatchSizeEffectOptions", o => o with { RuleOptions = [new BatchSizeEffectOptions(), new BatchSizeEffectOptions()] }),
        ("No rule takes OddOptions", o => o with { RuleOptions = [new OddOptions()] }),
    ];

    public static IEnumerable<object[]> Cases => Errors.Select((_, i) => new object[] { i });

    private static SweepOptions With(SweepOptions options, params SearchOption[] searched) => options with { Space = new() { Options = searched } };

    private static string MessageOf(SweepOptions options) => Assert.ThrowsExactly<ArgumentException>(() => SweepOptionsChecks.ThrowIfInvalid(options)).Message;

    [TestMethod]
    public void Errors_AreTheSameInEveryCulture()
    {
        // No culture's data may be installed.
        var comma = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = "." } };
        string Message(CultureInfo culture)
        {
            var before = CultureInfo.CurrentCulture;
            CultureInfo.CurrentCulture = culture;
            try
            {
                var options = With(Default with { Space = new() { LearningRate = new(0.5, 0.25) } }, new WholeNumberOption("w", 1, 100_000));
                options = options with { Space = options.Space with { LearningRate = new(0.5, 0.25), Options = [.. options.Space.Options, new NumberOption("n", 1.5, 0.5), new NumberOption("l", -0.5, 0.5, true)] } };
                return Assert.Throws<ArgumentException>(() => SweepOptionsChecks.ThrowIfInvalid(options)).Message;
            }
            finally
            {
                CultureInfo.CurrentCulture = before;
            }
        }

        Assert.AreEqual(Message(CultureInfo.InvariantCulture), Message(comma));
        StringAssert.Contains(Message(comma), "0.5 to 0.25");
    }

    [TestMethod]
    public void Defaults_AreValid()
    {
        SweepOptionsChecks.ThrowIfInvalid(Default);
        SweepOptionsChecks.ThrowIfInvalid(With(Default, new NumberOption("a", 0, 1), new WholeNumberOption("b", -5000, 4999), new ChoiceOption("c", ["x", "y"])) with
        {
            LeastEpochs = 20,
            RuleOptions = [new BatchSizeEffectOptions { MinimumEffect = 0.1 }],
            Severities = new Dictionary<string, Severity> { ["MLD501"] = Severity.None },
        });
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Error_IsSaid(int index)
    {
        var message = MessageOf(Errors[index].Change(Default));
        StringAssert.StartsWith(message, "Invalid options: ");
        StringAssert.Contains(message, Errors[index].Says);
    }

    [TestMethod]
    public void Errors_AreSaidTogether()
    {
        var message = MessageOf(Default with { Epochs = 0, Repeats = 1, Baseline = double.NaN, Budget = new() { Trials = null }, Space = new() { LearningRate = new(2, 1), BatchSizes = [32, 16] }, RuleOptions = [new OddOptions()] });
        foreach (var part in new[] { "Epochs", "Repeats", "Baseline", "at least one of", "LearningRate is 2", "BatchSizes", "OddOptions" })
            StringAssert.Contains(message, part);
    }

    private sealed record OddOptions : RuleOptions;

    private sealed class NoProbe : ILearningRateProbe
    {
        public LearningRateBracket Probe(LearningRateProbeRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
