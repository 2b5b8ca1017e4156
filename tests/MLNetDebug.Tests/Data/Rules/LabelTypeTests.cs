using Microsoft.ML;
using Microsoft.ML.Data;

using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Rules;

[TestClass]
public sealed class LabelTypeTests
{
    [TestMethod]
    [DataRow(LearningTask.Regression, ColumnKind.Text, "String", "expected Single")]
    [DataRow(LearningTask.Regression, ColumnKind.Number, "Double", "expected Single")]
    [DataRow(LearningTask.BinaryClassification, ColumnKind.Number, "Single", "expected Boolean")]
    [DataRow(LearningTask.MulticlassClassification, ColumnKind.Boolean, "Boolean", "expected Key<UInt32>")]
    [DataRow(LearningTask.MulticlassClassification, ColumnKind.Number, "UInt32", "expected Key<UInt32>")]
    [DataRow(LearningTask.MulticlassClassification, ColumnKind.Key, "Key<Byte, 0-1>", "expected Key<UInt32>")]
    public void A_type_the_known_trainer_refuses_is_an_error(LearningTask task, ColumnKind kind, string type, string refusal)
    {
        var finding = Judge(task, Label(kind, type), new TrainerTraits("SomeTrainer", TrainerFamily.DualCoordinateAscent, true)).Findings.Single();
        Assert.AreEqual(Severity.Error, finding.Severity);
        Assert.Contains("SomeTrainer takes a label of type " + refusal.Replace("expected ", string.Empty), finding.Message);
        Assert.IsNotNull(finding.Advice[0].Code);
    }

    [TestMethod]
    public void ML_NET_refuses_what_the_rule_says_it_refuses()
    {
        var ml = new MLContext(1);
        var rows = Enumerable.Range(0, 40).Select(i => new Row { Features = [i % 5, i % 7], Bool = i % 2 == 0, Single = i % 2, Double = i % 2, Plain = (uint)(i % 2), Text = $"{i % 2}" });
        IDataView data = ml.Data.LoadFromEnumerable(rows);
        data = ml.Transforms.Conversion.MapValueToKey("Key", "Text").Append(ml.Transforms.Conversion.ConvertType("ByteKey", "Key", DataKind.Byte)).Fit(data).Transform(data);
        (LearningTask Task, Func<string, IEstimator<ITransformer>> Trainer)[] trainers =
        [
            (LearningTask.Regression, l => ml.Regression.Trainers.OnlineGradientDescent(l)),
            (LearningTask.BinaryClassification, l => ml.BinaryClassification.Trainers.AveragedPerceptron(l)),
            (LearningTask.MulticlassClassification, l => ml.MulticlassClassification.Trainers.NaiveBayes(l)),
        ];
        foreach (var column in new[] { "Bool", "Single", "Double", "Plain", "Text", "Key", "ByteKey" })
        {
            var type = data.Schema[column].Type;
            var kind = type is KeyDataViewType ? ColumnKind.Key : type is BooleanDataViewType ? ColumnKind.Boolean : type is TextDataViewType ? ColumnKind.Text : ColumnKind.Number;
            foreach (var (task, trainer) in trainers)
                Assert.AreEqual(Fits(trainer(column), data), LabelTypes.Takes(task, Label(kind, type.ToString()!)), $"{column} for {task}");
        }
    }

    [TestMethod]
    [DataRow(LearningTask.MulticlassClassification, ColumnKind.Text, Severity.Info)]
    [DataRow(LearningTask.BinaryClassification, ColumnKind.Text, Severity.Info)]
    [DataRow(LearningTask.Regression, ColumnKind.Text, Severity.Warning)]
    [DataRow(LearningTask.Regression, ColumnKind.Key, Severity.Warning)]
    public void Without_a_trainer_a_conversion_may_still_follow(LearningTask task, ColumnKind kind, Severity expected)
    {
        var finding = Judge(task, Label(kind, kind == ColumnKind.Key ? "Key<UInt32, 0-1>" : "String")).Findings.Single();
        Assert.AreEqual(expected, finding.Severity);
        Assert.Contains("must be converted before the trainer", finding.Message);
    }

    [TestMethod]
    public void Infinite_labels_are_an_error_whatever_the_task()
    {
        var finding = RuleTester.Judge(new LabelType(), OrderedData.Of([1, double.PositiveInfinity, 2], task: LearningTask.Unknown)).Findings.Single();
        Assert.AreEqual(Severity.Error, finding.Severity);
        Assert.StartsWith("1 label of the training data in 'Label' is infinite, of 3 rows; first row 1", finding.Message);
        Assert.AreEqual(1L, ((DropRowsMend)finding.Mend!).Rows.Single());
    }

    [TestMethod]
    public void Three_values_are_not_binary()
    {
        var finding = RuleTester.Judge(new LabelType(), OrderedData.Of([0, 1, 2, 1], task: LearningTask.BinaryClassification)).Findings.Single();
        Assert.AreEqual(Severity.Error, finding.Severity);
        Assert.Contains("holds 3 different values: 0, 1, 2", finding.Message);
    }

    [TestMethod]
    public void Minus_one_would_be_converted_to_true()
    {
        var finding = RuleTester.Judge(new LabelType(), OrderedData.Of([-1, 1, -1], task: LearningTask.BinaryClassification)).Findings.Single();
        Assert.AreEqual(Severity.Warning, finding.Severity);
        Assert.Contains("2 negative labels would turn positive", finding.Message);

        var ml = new MLContext(1);
        var converted = ml.Transforms.Conversion.ConvertType("Single", outputKind: DataKind.Boolean);
        var data = ml.Data.LoadFromEnumerable([new Row { Single = -1, Features = [0, 0] }]);
        Assert.IsTrue(converted.Fit(data).Transform(data).GetColumn<bool>("Single").Single());
    }

    [TestMethod]
    public void Real_numbers_are_not_classes() =>
        Assert.Contains("holds real numbers", RuleTester.Judge(new LabelType(), OrderedData.Of([0.5, 1.25, 2.75, 3.5])).Findings.Single().Message);

    [TestMethod]
    public void Grades_are_whole_and_not_negative() =>
        Assert.AreEqual(Severity.Error, RuleTester.Judge(new LabelType(), OrderedData.Of([0, 1, -1, 2], task: LearningTask.Ranking)).Findings.Single().Severity);

    [TestMethod]
    public void Fitting_labels_unknown_tasks_and_no_rows_give_nothing()
    {
        Assert.IsEmpty(Judge(LearningTask.BinaryClassification, Label(ColumnKind.Boolean, "Boolean")).Findings);
        Assert.IsEmpty(Judge(LearningTask.MulticlassClassification, Label(ColumnKind.Key, "Key<UInt32, 0-1>")).Findings);
        Assert.IsEmpty(RuleTester.Judge(new LabelType(), OrderedData.Of([0.5, 1.5, 9], task: LearningTask.Regression)).Findings);
        Assert.IsEmpty(Judge(LearningTask.Unknown, Label(ColumnKind.Text, "String")).Findings);
        Assert.IsEmpty(RuleTester.Judge(new LabelType(), OrderedData.Of([], task: LearningTask.BinaryClassification)).Findings);
        Assert.IsEmpty(RuleTester.Judge(new LabelType(), Profiles.Of(10, [])).Findings);
    }

    [TestMethod]
    public void Keys_without_values_are_an_error_for_a_trainer_that_needs_them()
    {
        var needing = new TrainerTraits("NerTrainer", TrainerFamily.StochasticGradient, false) { NeedsKeyValues = true };
        var nameless = Label(ColumnKind.Key, "Key<UInt32, 0-1>");
        var finding = Judge(LearningTask.MulticlassClassification, nameless, needing).Findings.Single();
        Assert.AreEqual(Severity.Error, finding.Severity);
        Assert.StartsWith("The keys of 'Label' (Key<UInt32, 0-1>) carry no values", finding.Message);
        Assert.Contains("NerTrainer needs them", finding.Message);
        Assert.Contains("MapValueToKey(\"Label\")", finding.Advice.Single().Code!);
        Assert.IsEmpty(Judge(LearningTask.MulticlassClassification, nameless with { HasKeyValues = true }, needing).Findings);
        Assert.IsEmpty(Judge(LearningTask.MulticlassClassification, nameless, needing with { NeedsKeyValues = false }).Findings, "Another trainer reads keys alone.");
        Assert.IsEmpty(Judge(LearningTask.MulticlassClassification, nameless).Findings, "Nobody said what learns of them.");
    }

    [TestMethod]
    public void A_label_that_is_no_key_is_said_to_be_of_another_type_and_once()
    {
        var needing = new TrainerTraits("TextClassificationTrainer", TrainerFamily.StochasticGradient, false) { NeedsKeyValues = true };
        Assert.Contains("takes a label of type Key<UInt32>", Judge(LearningTask.MulticlassClassification, Label(ColumnKind.Number, "UInt32"), needing).Findings.Single().Message);
    }

    private static bool Fits(IEstimator<ITransformer> trainer, IDataView data)
    {
        try
        {
            trainer.Fit(data);
            return true;
        }
        catch (ArgumentOutOfRangeException error) when (error.Message.Contains("Schema mismatch"))
        {
            return false;
        }
    }

    private static LabelProfile Label(ColumnKind kind, string type) => Profiles.ClassLabel(50, 50) with { Kind = kind, TypeText = type };

    private static DiagnosticReport Judge(LearningTask task, LabelProfile label, TrainerTraits? trainer = null) =>
        RuleTester.Judge(new LabelType(), Profiles.Of(100, [], label, new DataDeclaration { Task = task, Trainer = trainer }));

    private sealed class Row
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public bool Bool { get; set; }

        public float Single { get; set; }

        public double Double { get; set; }

        public uint Plain { get; set; }

        public string Text { get; set; } = string.Empty;
    }
}
