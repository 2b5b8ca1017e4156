using Microsoft.ML;
using MLNetDebug.Data;
using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Data;
using MLNetDebug.Zoo.DataTables;
using MLNetDebug.Zoo.Learners;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Zoo.GuardTables;

/// <summary>Healthy models, learned by real trainers and judged on hold-out rows by Evaluate and by Compare, all rules on: how many are flagged, and by which rule.</summary>
internal static class EvaluationTable
{
    public static IEnumerable<TableRow> Run(TableArguments arguments, Split split = Split.Score)
    {
        // Each learner has draws of its own: runs that share their rows would be counted as independent and are not.
        var seeds = split == Split.Calibrate ? 25 : arguments.Quick ? 2 : 10;
        var runs = from of in ZooBases.All
                   where of.Split == split
                   from learner in ZooLearners.Careful.Select((l, i) => (Learner: l, First: i * seeds))
                   from seed in Enumerable.Range((arguments.Seed * 1000) + learner.First, seeds)
                   select (Base: of, learner.Learner, Seed: seed);
        var judged = Runs.Map(runs, r => (r.Base, r.Learner, r.Seed, Alarms: Alarms(r.Base, r.Learner, r.Seed)));
        foreach (var (of, learner, seed, alarms) in judged)
        {
            foreach (var alarm in alarms)
                Console.Error.WriteLine($"flagged: {alarm.Rule.Id} {alarm.Severity} on {of.Id}, {learner.Name}, seed {seed}: {alarm.Subject}: {alarm.Message}");
        }

        yield return TableRow.Share("2.healthy-evaluations", judged.Count(j => j.Alarms.Length > 0), judged.Length, "<=", 0.03);
        foreach (var rule in RuleCatalog.Create().Select(r => r.Descriptor).Where(IsOfPredictions))
            yield return TableRow.Share($"2.healthy-{rule.Id}", judged.Count(j => j.Alarms.Any(a => a.Rule.Id == rule.Id)), judged.Length, "<=", 0.005);
        // Rules on data and on fits have rows of their own name among the guarded fits.
        foreach (var rule in judged.SelectMany(j => j.Alarms.Select(a => a.Rule)).Where(r => !IsOfPredictions(r)).Select(r => r.Id).Distinct().Order())
            yield return TableRow.Share($"2.healthy-evaluations-{rule}", judged.Count(j => j.Alarms.Any(a => a.Rule.Id == rule)), judged.Length, "<=", 0.005);
        foreach (var of in judged.GroupBy(j => j.Learner.Name))
            yield return TableRow.Share($"2.healthy-by-{of.Key.Replace(' ', '-')}", of.Count(j => j.Alarms.Length > 0), of.Count(), "<=", double.NaN);
    }

    private static bool IsOfPredictions(RuleDescriptor rule) => rule.Id.StartsWith("MLD4", StringComparison.Ordinal) && rule.Id != RuleIds.DeadModel;

    private static Finding[] Alarms(ZooBase of, ZooLearner learner, int seed)
    {
        // Every trainer is a gradient trainer or does not mind: the rows are scaled for all alike.
        var divided = (ZooCases.Healthy(of, seed, ZooTrainers.Perceptron) with { Learner = learner }).WithValidation();
        var ml = new MLContext(1);
        var model = learner.Pipeline(ml, divided.Train).Fit(divided.Train.ToView());
        return [.. Diagnosis.Alarms(PredictionDiagnosis.Evaluate(ml, model, divided).Report), .. Diagnosis.Alarms(PredictionDiagnosis.Compare(ml, model, divided))];
    }
}
