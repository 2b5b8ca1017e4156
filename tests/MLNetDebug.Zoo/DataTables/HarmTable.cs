using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;
using Microsoft.ML;
using MLNetDebug.Data;
using MLNetDebug.Zoo.Data;
using MLNetDebug.Zoo.Programs;
using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Zoo.DataTables;

/// <summary>
/// Does a plant harm? A real trainer learns from the sick rows and from the twin's, five paired seeds; a plant counts as sick where
/// its held-out metric is worse with p below 0.05 (paired t, one-sided).
/// </summary>
internal static class HarmTable
{
    private const int Seeds = 5;

    private static readonly string[] Rules =
    [
        RuleIds.FeatureScale, RuleIds.UnshuffledRows, RuleIds.LabelsShifted, RuleIds.SplitShift, RuleIds.LabelsUnrelated,
    ];

    public static IEnumerable<TableRow> Run(TableArguments arguments)
    {
        var programs = ZooPrograms.All.Where(p => Rules.Contains(p.ExpectedRule));
        foreach (var (program, loss, p) in Runs.Map(programs, program => Harm(program, arguments.Seed * 1000)))
        {
            yield return TableRow.Shown($"1.harm-{program.Id}", Seeds, loss, "metric lost");
            yield return TableRow.Shown($"1.harm-{program.Id}-p", Seeds, p, p < 0.05 ? "p: sick" : "p: harmless");
        }
    }

    /// <summary>Mean loss of the held-out metric, and its p-value.</summary>
    internal static (ZooProgram Program, double Loss, double PValue) Harm(ZooProgram program, int firstSeed)
    {
        var curved = program.Base == "rings";
        var losses = Enumerable.Range(firstSeed, Seeds).Select(seed =>
        {
            var gradient = program with { Trainer = program.Trainer ?? ZooTrainers.Perceptron };
            return Metric(gradient.Twin(seed), curved) - Metric(gradient.Sick(seed), curved);
        }).ToArray();
        var deviation = losses.StandardDeviation();
        var t = losses.Mean() / Math.Max(deviation, 1e-9) * Math.Sqrt(Seeds);
        return (program, losses.Mean(), 1 - StudentT.CDF(0, 1, Seeds - 1, t));
    }

    /// <summary>
    /// Accuracy, or R2 cut at -1, on the case's hold-out rows. Gradient trainers read the rows in their order; where only a curved
    /// boundary helps, trees stand for them.
    /// </summary>
    private static double Metric(ZooCase zooCase, bool curved)
    {
        var ml = new MLContext(1);
        var (train, test) = (zooCase.Train.ToView(), zooCase.Test!.ToView());
        switch (zooCase.Train.Task)
        {
            case LearningTask.BinaryClassification:
                ITransformer binary = curved
                    ? ml.BinaryClassification.Trainers.FastTree().Fit(train)
                    : ml.BinaryClassification.Trainers.AveragedPerceptron().Fit(train);
                return ml.BinaryClassification.EvaluateNonCalibrated(binary.Transform(test)).Accuracy;
            case LearningTask.MulticlassClassification:
                var many = ml.MulticlassClassification.Trainers.OneVersusAll(ml.BinaryClassification.Trainers.AveragedPerceptron()).Fit(train);
                return ml.MulticlassClassification.Evaluate(many.Transform(test)).MicroAccuracy;
            default:
                try
                {
                    var line = ml.Regression.Trainers.OnlineGradientDescent(learningRate: 0.05f).Fit(train);
                    return Math.Max(-1, ml.Regression.Evaluate(line.Transform(test)).RSquared);
                }
                catch (InvalidOperationException)
                {
                    // ML.NET refuses to return a model whose weights overflowed.
                    return -1;
                }
        }
    }
}
