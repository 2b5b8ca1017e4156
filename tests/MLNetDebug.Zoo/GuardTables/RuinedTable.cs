using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;
using MLNetDebug.Guards;
using MLNetDebug.Pipeline;
using MLNetDebug.Zoo.DataTables;
using MLNetDebug.Zoo.Tables;
using MLNetDebug.Zoo.Trainers;

namespace MLNetDebug.Zoo.GuardTables;

/// <summary>
/// Trainers by damages, unguarded and guarded. A cell is ruined where the trainer throws, gives scores that are not finite for finite rows, or loses more than 0.05 of
/// AUC or R2 on held-out rows; it is caught where the guard warns before training or names a dead model or the exception's cause, at the right column.
/// </summary>
internal static class RuinedTable
{
    private const int Rows = 1_000;
    private const double Loss = 0.05;

    public static IEnumerable<TableRow> Run(TableArguments arguments)
    {
        var seeds = Enumerable.Range(arguments.Seed * 100, arguments.Quick ? 2 : 6);
        var cells = from trainer in RuinedCells.Trainers from damage in RuinedCells.Damages from seed in seeds select (Trainer: trainer, Damage: damage, Seed: seed);
        var judged = Runs.Map(cells, c => Judge(c.Trainer, c.Damage, c.Seed));
        var ruined = judged.Where(j => j.IsRuined).ToArray();
        foreach (var missed in ruined.Where(j => !j.IsCaught))
            Console.Error.WriteLine($"ruined and not caught: {missed.Trainer} {missed.Damage}, seed {missed.Seed}: {missed.Metric:0.###} against {missed.Healthy:0.###}; {missed.Said}");
        var harmless = judged.Where(j => !j.IsRuined && j.Damage != "none").ToArray();
        yield return TableRow.Share("2.ruined-caught", ruined.Count(j => j.IsCaught), ruined.Length, "==", 1);
        // A rate that nobody would set is no healthy twin.
        var twins = judged.Where(j => j.Damage == "none" && !j.Trainer.Contains(" rate ", StringComparison.Ordinal)).ToArray();
        yield return TableRow.Share("2.ruined-twin-flagged", twins.Count(j => j.IsFlagged), twins.Length, "<=", 0.03);
        yield return TableRow.Shown("2.ruined-harmless-flagged", harmless.Length, harmless.Length == 0 ? 0 : (double)harmless.Count(j => j.IsFlagged) / harmless.Length, "share");
        foreach (var damage in judged.GroupBy(j => j.Damage))
        {
            var sick = damage.Where(j => j.IsRuined).ToArray();
            yield return TableRow.Shown($"2.ruined-by-{damage.Key}", damage.Count(), (double)sick.Length / damage.Count(), sick.Length == 0 ? "share of cells" : $"share of cells; {string.Join(", ", sick.Select(j => j.Trainer).Distinct())}");
        }
    }

    private static Cell Judge(StockTrainer trainer, RowDamage damage, int seed)
    {
        var (train, test) = (StockRows.Draw(Rows, seed: seed), StockRows.Draw(Rows, seed: seed + 50_000));
        var healthy = Metric(trainer with { Create = Default(trainer) }, train, test, new RowDamage("none", r => r));
        var metric = Metric(trainer, damage.Apply(train), damage.Apply(test), damage);
        var report = Guarded(trainer, damage.Apply(train), damage);
        Finding[] alarms = [.. report.Findings.Where(f => f.Severity >= Severity.Warning)];
        return new Cell(trainer.Name, damage.Name, seed)
        {
            Healthy = healthy,
            Metric = metric,
            IsRuined = !(metric >= healthy - Loss),
            IsFlagged = alarms.Length > 0,
            IsCaught = alarms.Any(f => damage.Slot is null || f.Subject.Slot == damage.Slot || f.Message.Contains($"Features[{damage.Slot}]", StringComparison.Ordinal)),
            Said = string.Join("; ", report.Findings.Select(f => $"{f.Rule.Id} {f.Severity} {f.Subject}")),
        };
    }

    /// <summary>The trainer as it comes, for the healthy figure a cell is held against.</summary>
    private static Func<MLContext, IEstimator<ITransformer>> Default(StockTrainer trainer) =>
        trainer.Name.StartsWith("OnlineGradientDescent", StringComparison.Ordinal) ? StockTrainers.Named("OnlineGradientDescent").Create
            : trainer.Name.StartsWith("SgdCalibrated", StringComparison.Ordinal) ? StockTrainers.Named("SgdCalibrated").Create : trainer.Create;

    /// <summary>AUC or R2 on held-out rows; NaN where the trainer throws or a finite row gets a score that is not finite.</summary>
    private static double Metric(StockTrainer trainer, StockRows train, StockRows test, RowDamage damage)
    {
        var ml = new MLContext(1);
        try
        {
            var scored = trainer.Create(ml).Fit(train.ToView(damage.Target)).Transform(test.ToView());
            var finite = Enumerable.Range(0, test.Rows).Where(i => test.Features.All(f => float.IsFinite(f[i])));
            var scores = scored.GetColumn<float>("Score").ToArray();
            if (finite.Any(i => !float.IsFinite(scores[i])))
                return double.NaN;
            return trainer.Task == LearningTask.Regression
                ? ml.Regression.Evaluate(scored, StockRows.Target).RSquared
                : ml.BinaryClassification.EvaluateNonCalibrated(scored, StockRows.Positive).AreaUnderRocCurve;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or AggregateException)
        {
            return double.NaN;
        }
    }

    private static DiagnosticReport Guarded(StockTrainer trainer, StockRows train, RowDamage damage)
    {
        try
        {
            var options = new GuardOptions { Diagnostics = new DiagnosticsOptions { Sinks = [] } };
            return trainer.Guarded(new MLContext(1), options).Fit(train.ToView(damage.Target)).DiagnosticReports().Single();
        }
        catch (DiagnosticException e)
        {
            return e.Report;
        }
    }

    private sealed record Cell(string Trainer, string Damage, int Seed)
    {
        public double Healthy { get; init; }

        public double Metric { get; init; }

        public bool IsRuined { get; init; }

        public bool IsFlagged { get; init; }

        public bool IsCaught { get; init; }

        public required string Said { get; init; }
    }
}
