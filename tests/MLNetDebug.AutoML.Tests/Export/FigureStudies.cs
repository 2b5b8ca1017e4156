using System.Xml.Linq;
using CsCheck;

namespace MLNetDebug.AutoML.Tests.Export;

/// <summary>Studies to draw, kind and hostile ones, and what a drawing has.</summary>
internal static class FigureStudies
{
    private static readonly double[] Hostile =
        [double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.MinValue, double.Epsilon, 0, -1, 1e-300, 1, 0.5, 0.98, 2.3];

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String, Gen.OneOfConst("", "a<b>&\"'", "<script>alert(1)</script>", "]]>", "\u0000\u001B[31m\uFFFE\uD800", "\u202Ex", "https://example.org/x.js", new string('W', 300)));

    private static readonly Gen<double> Number = Gen.OneOf(Gen.OneOfConst(Hostile), Gen.Double[0, 1], Gen.Double);

    private static readonly Gen<TrialParameters> Parameters =
        Gen.Select(Gen.OneOf(Gen.OneOfConst(Hostile), Gen.Double[1e-6, 10]), Gen.OneOf(Gen.OneOfConst(0, -5, 1, 16, 17, 512, int.MaxValue), Gen.Int[1, 600]), Gen.Bool, Gen.Bool, Text)
            .Select((rate, size, hasRate, hasSize, name) =>
            {
                var values = new Dictionary<string, double>();
                if (hasRate && double.IsFinite(rate))
                    values[TrialParameters.LearningRateName] = rate;
                if (hasSize)
                    values[TrialParameters.BatchSizeName] = size;
                values.TryAdd(name, 1);
                return new TrialParameters(values);
            });

    private static readonly Gen<LearningRateBracket?> Bracket = Gen.Select(Number, Number, Number, Gen.Bool)
        .Select((moves, low, high, has) => has ? new LearningRateBracket { Moves = moves, DivergesLow = low, DivergesHigh = high } : null);

    private static readonly Gen<TrialRecord> Trial =
        Gen.Select(Parameters, Gen.Enum<TrialState>(), Number, Text, Gen.Select(Gen.Int[1, 30], Number).Array[0, 8], Bracket, Gen.Enum<TrialKind>(), Gen.Bool)
            .Select((parameters, state, metric, reason, points, bracket, kind, diverged) => new TrialRecord(new TrialPlan(0, kind, parameters, 1, 20))
            {
                State = state,
                Metric = metric,
                Reason = reason,
                Bracket = kind == TrialKind.RangeTest ? bracket : null,
                Findings = diverged ? [new TrialFinding(RuleIds.LearningRateTooLarge, Severity.Error, reason)] : [],
                Points = [.. points.OrderBy(p => p.Item1).Select(p => new TrialPoint(p.Item1, p.Item2, 0))],
            });

    /// <summary>Studies of up to 25 trials, with whatever a study may hold.</summary>
    public static Gen<(StudySnapshot Study, SweepMetric Metric)> Any { get; } = Gen.Select(Trial.Array[0, 25], Text, Text, Gen.Bool)
        .Select((trials, name, metric, isHigherBetter) => (Of(trials, name), new SweepMetric(metric, isHigherBetter)));

    public static StudySnapshot Of(IEnumerable<TrialRecord> trials, string name = "study") => new(
        new StudyDefinition(name, "{}"), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, [.. trials.Select((t, i) => t with { Plan = t.Plan with { Number = i } })]);

    /// <summary>A trial of the search whose curve rises, or falls, to its metric.</summary>
    public static TrialRecord Search(double rate, int size, double metric, TrialState state = TrialState.Completed, int epochs = 9) =>
        new(new TrialPlan(0, TrialKind.Search, new TrialParameters([new(TrialParameters.LearningRateName, rate), new(TrialParameters.BatchSizeName, size)]), 1, 9))
        {
            State = state,
            Metric = metric,
            Points = double.IsFinite(metric) ? [.. Enumerable.Range(1, epochs).Select(e => new TrialPoint(e, metric * e / epochs, e))] : [],
        };

    public static TrialRecord RangeTest(int size, double moves, double low, double high) =>
        new(new TrialPlan(0, TrialKind.RangeTest, new TrialParameters([new(TrialParameters.BatchSizeName, size)]), 1, 0))
        {
            State = TrialState.Completed,
            Bracket = new LearningRateBracket { Moves = moves, DivergesLow = low, DivergesHigh = high },
        };

    public static IEnumerable<XElement> OfClass(XElement svg, string kind) =>
        svg.Descendants().Where(e => ((string?)e.Attribute("class"))?.Split(' ').Contains(kind) == true);

    public static double Value(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, System.Globalization.CultureInfo.InvariantCulture);
}
