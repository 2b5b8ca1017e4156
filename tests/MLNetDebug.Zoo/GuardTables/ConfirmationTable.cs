using Microsoft.ML;
using MLNetDebug.Data;
using MLNetDebug.Predictions;
using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Data;
using MLNetDebug.Zoo.DataTables;
using MLNetDebug.Zoo.Learners;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Zoo.GuardTables;

/// <summary>
/// Trainers at ML.NET's defaults, whose confidence nobody has set: how many models MLD401 warns of, and whether the temperature it names lowers the log-loss of
/// rows that neither trained nor judged them.
/// </summary>
internal static class ConfirmationTable
{
    private static readonly ZooLearner[] Learners = [ZooLearners.Lbfgs, ZooLearners.DefaultSdca, ZooLearners.DefaultTrees];

    public static IEnumerable<TableRow> Run(TableArguments arguments)
    {
        var runs = from of in ZooBases.All
                   where of.Split == Split.Score && of.Draw(0).Classes > 0
                   from learner in Learners
                   from seed in Enumerable.Range(arguments.Seed * 1000, arguments.Quick ? 1 : 4)
                   select (Base: of, Learner: learner, Seed: seed);
        var judged = Runs.Map(runs, r => (r.Learner, Saved: Saved(r.Base, r.Learner, r.Seed)));
        foreach (var of in judged.GroupBy(j => j.Learner.Name))
            yield return TableRow.Share($"2.warned-MLD401-{of.Key.Replace(' ', '-')}", of.Count(j => j.Saved is not null), of.Count(), "<=", double.NaN);
        double[] saved = [.. judged.Select(j => j.Saved).OfType<double>()];
        yield return TableRow.Share("2.confirmed-MLD401", saved.Count(s => s > 0), saved.Length, ">=", 0.95);
    }

    /// <summary>Share of the log-loss of fresh rows that the temperature saves; null where it is not warned of.</summary>
    private static double? Saved(ZooBase of, ZooLearner learner, int seed)
    {
        var healthy = ZooCases.Healthy(of, seed, ZooTrainers.Perceptron) with { Learner = learner };
        var (test, ml) = (healthy.Test!, new MLContext(1));
        var model = learner.Pipeline(ml, healthy.Train).Fit(healthy.Train.ToView());
        var half = test.Rows / 2;
        var judged = PredictionDiagnosis.Evaluate(ml, model, healthy with { Test = test.Select([.. Enumerable.Range(0, half)]) });
        if (judged.Report.Of(RuleIds.Overconfidence).FirstOrDefault(f => f.Severity == Severity.Warning)?.Mend is not TemperatureMend mend)
            return null;
        var fresh = model.Transform(test.Select([.. Enumerable.Range(half, test.Rows - half)]).ToView());
        var columns = judged.Profile.Columns;
        var before = LogLoss(fresh, columns, judged.Task);
        var mended = judged.Task == LearningTask.BinaryClassification ? columns with { Probability = mend.Calibrated } : columns with { Score = mend.Calibrated };
        return 1 - LogLoss(mend.Apply(ml, fresh), mended, judged.Task) / before;
    }

    private static double LogLoss(IDataView scored, PredictionColumns columns, LearningTask task) =>
        new PredictionProfiler().Profile(scored, columns, task).Baseline!.Model;
}
