using Microsoft.ML;
using MLNetDebug.Data;
using MLNetDebug.Zoo.Bases;
using MLNetDebug.Zoo.Data;
using MLNetDebug.Zoo.Faults;
using MLNetDebug.Zoo.Programs;

namespace MLNetDebug.Tests.Data.Rules;

/// <summary>The rules on features, from a data view to the finding.</summary>
[TestClass]
public sealed class FeatureRulesOnRealDataTests
{
    public static IEnumerable<object[]> Bases => ZooBases.All.Select(b => new object[] { b.Id });

    [TestMethod]
    [DynamicData(nameof(Bases))]
    public void Healthy_data_is_not_warned_of(string id)
    {
        for (var seed = 0; seed < 4; seed++)
        {
            var healthy = ZooCases.Healthy(ZooBases.Named(id), seed);
            var alarms = Judge(Profile(healthy.Train.ToView(), healthy.Train.Declaration with { Trainer = healthy.Trainer }))
                .Findings.Where(f => f.Severity >= Severity.Warning);
            Assert.AreEqual(string.Empty, string.Join("\n", alarms.Select(f => $"{f.Rule.Id} seed {seed}: {f.Message}")));
        }
    }

    public static IEnumerable<object[]> Programs =>
        ZooPrograms.All.Where(p => p.Fault is not FileCells && Rules().Any(r => r.Descriptor.Id == p.ExpectedRule)).Select(p => new object[] { p.Id });

    [TestMethod]
    [DynamicData(nameof(Programs))]
    public void The_zoos_faults_are_found_at_their_place(string id)
    {
        var program = ZooPrograms.All.Single(p => p.Id == id);
        for (var seed = 0; seed < 3; seed++)
        {
            var sick = program.Sick(seed);
            var report = Judge(Profile(sick.Train.ToView(), sick.Train.Declaration with { Trainer = sick.Trainer }));
            Assert.IsTrue(program.IsFound(report), $"seed {seed}: {string.Join("; ", report.Findings.Select(f => $"{f.Rule.Id} {f.Subject}"))}");
        }
    }

    [TestMethod]
    [DataRow("wine_data.csv", 13, 12)]
    [DataRow("breast_cancer.csv", 30, 23)]
    public void Raw_measurements_harm_a_gradient_trainer_and_no_tree(string file, int features, int worst)
    {
        var finding = Judge(Raw(file, features, ZooTrainers.Perceptron)).Of(RuleIds.FeatureScale).Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.AreEqual(worst, finding.Subject.Slot, "proline; the worst area");
        Assert.IsEmpty(Judge(Raw(file, features, ZooTrainers.Trees)).Of(RuleIds.FeatureScale));
    }

    [TestMethod]
    public void Pixel_counts_as_they_are_need_no_scaling_and_three_are_constant()
    {
        var report = Judge(Profile(RealData.Load("digits.csv", 64, header: false), Declaration(ZooTrainers.Perceptron)));
        Assert.AreEqual(Severity.Info, report.Worst);
        Assert.Contains("3 of 64 slots", report.Of(RuleIds.ConstantFeature).Single().Message);
        Assert.IsEmpty(report.Of(RuleIds.FeatureScale));
    }

    [TestMethod]
    [DataRow("mixture", 2)]
    [DataRow("wine", 5)]
    [DataRow("breast_cancer", 7)]
    [DataRow("digits", 11)]
    [DataRow("census", 1)]
    [DataRow("weak-binary", 4)]
    [DataRow("rings", 3)]
    public void A_column_that_is_the_label_with_a_little_noise_is_named(string id, int slot)
    {
        var random = new ZooRandom(5, id);
        var healthy = ZooCases.Healthy(ZooBases.Named(id), 0).Train;
        var leaking = healthy.WithColumn(slot, (_, row) => healthy.Label[row] + 0.02f * (float)random.Normal());
        var finding = Judge(Profile(leaking.ToView(), leaking.Declaration)).Of(RuleIds.TargetLeakage).Single(f => f.Severity == Severity.Warning);
        Assert.AreEqual(slot, finding.Subject.Slot);
    }

    [TestMethod]
    public void Rows_entered_twice_with_another_label_are_a_warning()
    {
        var healthy = ZooCases.Healthy(ZooBases.Named("digits"), 0).Train;
        var copies = healthy.Select([.. Enumerable.Range(0, 80)]);
        var table = healthy.Append(copies with { Label = [.. copies.Label.Select(l => (l + 1) % 10)] });
        var finding = Judge(Profile(table.ToView(), table.Declaration)).Of(RuleIds.ConflictingLabels).Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.StartsWith("80 groups of rows", finding.Message);
    }

    [TestMethod]
    public void The_scale_mend_gives_a_gradient_trainer_its_accuracy_back()
    {
        var ml = new MLContext(1);
        var data = ml.Data.Cache(ml.Transforms.Conversion.ConvertType("Label", outputKind: Microsoft.ML.Data.DataKind.Boolean)
            .Fit(RealData.Load("breast_cancer.csv", 30, header: true)).Transform(RealData.Load("breast_cancer.csv", 30, header: true)));
        var split = ml.Data.TrainTestSplit(data, 0.3, seed: 1);
        var mend = (EstimatorMend)Judge(Profile(split.TrainSet, Declaration(ZooTrainers.Perceptron) with { Task = LearningTask.BinaryClassification }))
            .Of(RuleIds.FeatureScale).Single().Mend!;
        double Accuracy(IEstimator<ITransformer> chain) =>
            ml.BinaryClassification.EvaluateNonCalibrated(chain.Fit(split.TrainSet).Transform(split.TestSet)).Accuracy;

        var raw = Accuracy(ml.BinaryClassification.Trainers.AveragedPerceptron());
        var mended = Accuracy(mend.ToEstimator(ml).Append(ml.BinaryClassification.Trainers.AveragedPerceptron()));
        Assert.IsGreaterThan(raw + 0.03, mended, $"raw {raw}");
    }

    private static DataProfile Raw(string file, int features, TrainerTraits trainer) =>
        Profile(RealData.Load(file, features, header: true), Declaration(trainer));

    private static DataDeclaration Declaration(TrainerTraits trainer) =>
        new() { Label = "Label", Features = ["Features"], Task = LearningTask.MulticlassClassification, Trainer = trainer };

    private static DataProfile Profile(IDataView view, DataDeclaration declaration) => new DataProfiler().Profile(view, declaration);

    private static Rule[] Rules() => [new FeatureScale(), new InfiniteFeature(), new ConstantFeature(), new ConflictingLabels(), new TargetLeakage(), new MissingFeature()];

    private static DiagnosticReport Judge(DataProfile profile) => new RuleEngine(Rules()).Judge("test", new Measurements().With(profile));
}
