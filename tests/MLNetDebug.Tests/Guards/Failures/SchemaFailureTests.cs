using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Guards;
using MLNetDebug.Zoo.Trainers;
using MLNetDebug.Zoo.Views;

namespace MLNetDebug.Tests.Guards.Failures;

[TestClass]
public sealed class SchemaFailureTests
{
    private static readonly MemoryView Rows = new(
        40, MemoryColumns.Vector("Points", [.. StockRows.Draw(40).Features.Take(3)], null), MemoryColumns.Of("Target", NumberDataViewType.Double, new double[40]),
        MemoryColumns.Of("IsPositive", NumberDataViewType.Single, new float[40]), MemoryColumns.Of("Class", NumberDataViewType.Single, new float[40]));

    private readonly MLContext _ml = new(1);

    public static IEnumerable<object[]> Absent =>
    [
        [(MLContext ml) => ml.Regression.Trainers.Sdca("Price", "Points"), "Price"],
        [(MLContext ml) => ml.BinaryClassification.Trainers.AveragedPerceptron("Target", "Features"), "Features"],
        [(MLContext ml) => ml.Clustering.Trainers.KMeans("Features"), "Features"],
        [(MLContext ml) => ml.Regression.Trainers.FastTree("Price", "Points"), "Price"],
        [(MLContext ml) => ml.Ranking.Trainers.LightGbm("IsPositive", "Points", "Query"), "Query"],
        // These four say it the other way round: the column first, and its role in quotes.
        [(MLContext ml) => ml.BinaryClassification.Trainers.FieldAwareFactorizationMachine("Some features", "IsPositive"), "Some features"],
        [(MLContext ml) => ml.BinaryClassification.Trainers.Prior("Answer"), "Answer"],
        [(MLContext ml) => ml.MulticlassClassification.Trainers.OneVersusAll(ml.BinaryClassification.Trainers.AveragedPerceptron("Kind", "Points"), "Kind"), "Kind"],
        [(MLContext ml) => ml.MulticlassClassification.Trainers.PairwiseCoupling(ml.BinaryClassification.Trainers.AveragedPerceptron("Kind", "Points"), "Kind"), "Kind"],
    ];

    [TestMethod]
    [DynamicData(nameof(Absent))]
    public void A_column_that_is_not_there_is_named_beside_those_that_are(Func<MLContext, IEstimator<ITransformer>> create, string column)
    {
        var failure = Thrown.By(create(_ml), Rows);
        Assert.AreEqual(
            $"There is no column '{column}'. The data has 'Points' (Vector<Single, 3>), 'Target' (Double), 'IsPositive' (Single), 'Class' (Single).", failure.Cause, failure.Message);
        Assert.AreEqual(Subject.Column(column), failure.Subject);
        Assert.Contains($"CopyColumns(\"{column}\"", failure.Advice.Single().Code!);
    }

    public static IEnumerable<object[]> OfAnotherType =>
    [
        [(MLContext ml) => ml.Regression.Trainers.Sdca("Target", "Points"), "Target", "SdcaRegressionTrainer"],
        [(MLContext ml) => ml.BinaryClassification.Trainers.LinearSvm("IsPositive", "Points"), "IsPositive", "LinearSvmTrainer"],
        [(MLContext ml) => ml.MulticlassClassification.Trainers.NaiveBayes("Class", "Points"), "Class", "NaiveBayesMulticlassTrainer"],
        [(MLContext ml) => ml.Clustering.Trainers.KMeans("IsPositive"), "IsPositive", "KMeansTrainer"],
    ];

    [TestMethod]
    [DynamicData(nameof(OfAnotherType))]
    public void A_column_of_another_type_is_named(Func<MLContext, IEstimator<ITransformer>> create, string column, string trainer)
    {
        var failure = Thrown.By(create(_ml), Rows);
        Assert.StartsWith($"Column '{column}' has another type than {trainer} takes. The data has 'Points'", failure.Cause, failure.Message);
        Assert.AreEqual(Subject.Column(column), failure.Subject);
        Assert.Contains("ConvertType", failure.Advice.Single().Code!);
    }

    [TestMethod]
    public void Without_a_profile_the_columns_are_not_listed() =>
        Assert.AreEqual("There is no column 'Price'.", Thrown.By(_ml.Regression.Trainers.Sdca("Price", "Points"), Rows, profiled: false).Cause);

    [TestMethod]
    public void A_message_that_names_no_column_is_left_alone() =>
        Assert.IsNull(Thrown.Read(new InvalidOperationException("Could not find what it was looking for"), _ml.Regression.Trainers.Sdca(), Rows).Cause);
}
