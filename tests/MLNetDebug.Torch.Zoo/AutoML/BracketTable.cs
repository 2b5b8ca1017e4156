using System.Diagnostics;
using System.Globalization;
using MLNetDebug.AutoML;
using MLNetDebug.Torch.AutoML;
using MLNetDebug.Torch.AutoML.Trials;
using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Torch.Zoo.AutoML;

/// <summary>How often the bracket of a range test contains the rate at which training begins to diverge, how wide it is and what it costs.</summary>
internal static class BracketTable
{
    private const double Low = 1e-5;
    private const double High = 10;

    public static IEnumerable<TableRow> Rows(TableArguments arguments, Split split)
    {
        // The short form is no shorter: of fewer pairs one miss would decide.
        var brackets = SweepPairs.Of(split, arguments.Seed).Select(Measure).ToArray();
        yield return TableRow.Share("6.bracket", brackets.Count(b => b.Contains), brackets.Length, ">=", 0.95);
        yield return TableRow.Shown("6.bracket-width", brackets.Length, Median(brackets.Select(b => b.Decades)), "decades");
        yield return TableRow.Shown("6.bracket-steps", brackets.Length, Median(brackets.Select(b => (double)b.Bracket.Steps)), "gradient steps");
    }

    private static Measured Measure(SweepPair pair)
    {
        var (train, validation) = pair.Rows();
        var trainer = pair.Trainer();
        var started = Stopwatch.GetTimestamp();
        using var sweep = new TorchSweep(trainer, train, validation, null, new SweepOptions { Metric = SweepMetric.Loss });
        var bracket = sweep.Probe.Probe(new LearningRateProbeRequest(new TrialParameters([new(TrialParameters.BatchSizeName, pair.BatchSize)]), Low, High, pair.Seed), CancellationToken.None);
        var probed = Stopwatch.GetElapsedTime(started);
        using var rows = SweepRows.Read(trainer, train, validation, null);
        var measured = new Measured(bracket, DivergenceBoundary.Of(trainer, rows.Training));
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{pair.Id,-44} boundary {measured.Boundary,-8:0.###} bracket [{bracket.DivergesLow:0.####}, {bracket.DivergesHigh:0.####}] {(measured.Contains ? "  " : "!!")} decades {Math.Log10(measured.Boundary / bracket.DivergesLow),5:0.00} {Math.Log10(bracket.DivergesHigh / measured.Boundary),5:0.00} moves {bracket.Moves:0.#####} suggested {bracket.Suggested:0.####} steps {bracket.Steps} ({probed.TotalSeconds:0.0} s of {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0})"));
        return measured;
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private sealed record Measured(LearningRateBracket Bracket, double Boundary)
    {
        /// <summary>An open end contains a boundary only beyond the highest rate that was tried.</summary>
        public bool Contains => Bracket.DivergesLow <= Boundary && (double.IsPositiveInfinity(Bracket.DivergesHigh) ? Boundary >= High : Boundary <= Bracket.DivergesHigh);

        public double Decades => Math.Log10(Bracket.DivergesHigh / Bracket.DivergesLow);
    }
}
