using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Predictions;
using MLNetDebug.Zoo.Trainers;

namespace MLNetDebug.Tests.Predictions.Parameters;

/// <summary>Weights of models that ML.NET fitted, as it shows them.</summary>
[TestClass]
public sealed class PublicParametersTests
{
    private static readonly StockRows Rows = StockRows.Draw(120);

    public static IEnumerable<object[]> Fits => new (string Name, string Tensors, int Count, Func<MLContext, IEstimator<ITransformer>> Create)[]
    {
        ("calibrated", "weights,bias", 21, ml => ml.BinaryClassification.Trainers.SdcaLogisticRegression(StockRows.Positive, maximumNumberOfIterations: 2)),
        ("binary", "weights,bias", 21, ml => ml.BinaryClassification.Trainers.LinearSvm(StockRows.Positive)),
        ("regression", "weights,bias", 21, ml => ml.Regression.Trainers.OnlineGradientDescent(StockRows.Target)),
        ("counts", "weights,bias", 21, ml => ml.Regression.Trainers.LbfgsPoissonRegression(StockRows.Count)),
        ("several classes", "weights[0],weights[1],weights[2],biases", 63, ml => ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(StockRows.Class, maximumNumberOfIterations: 2)),
        ("hinge", "weights[0],weights[1],weights[2],biases", 63, ml => ml.MulticlassClassification.Trainers.SdcaNonCalibrated(StockRows.Class, maximumNumberOfIterations: 2)),
        ("zeros of an L1 norm", "weights[0],weights[1],weights[2],biases", 63, ml => ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(StockRows.Class, l1Regularization: 15)),
        ("clusters", "centroid 0,centroid 1,centroid 2,centroid 3,centroid 4", 100, ml => ml.Clustering.Trainers.KMeans()),
        ("fields", "linear weights,latent weights", 20 + (20 * 20), ml => ml.BinaryClassification.Trainers.FieldAwareFactorizationMachine("Features", StockRows.Positive)),
    }.Select(f => new object[] { f.Name, f.Tensors, f.Count, f.Create });

    [TestMethod]
    [DynamicData(nameof(Fits))]
    public void Every_weight_is_counted(string name, string tensors, int count, Func<MLContext, IEstimator<ITransformer>> create)
    {
        var profile = PublicParameters.Of(create(new MLContext(1)).Fit(Rows.ToView()))!;
        Assert.AreEqual(tensors, string.Join(",", profile.Tensors.Select(t => t.Name)), name);
        Assert.AreEqual(count, profile.Count, name);
        Assert.AreEqual(0, profile.NonFinite);
        Assert.IsFalse(profile.IsZero);
        Assert.AreEqual("public weights", profile.Source);
    }

    [TestMethod]
    [DataRow("FastTreeRegression")]
    [DataRow("NaiveBayes")]
    [DataRow("Prior")]
    public void Models_without_weights_to_show_give_nothing(string name) =>
        Assert.IsNull(PublicParameters.Of(StockTrainers.Named(name).Create(new MLContext(1)).Fit(Rows.ToView())));

    [TestMethod]
    public void Transforms_give_nothing_and_the_last_of_a_chain_its_own()
    {
        var ml = new MLContext(1);
        var chain = ml.Transforms.NormalizeMinMax("Features").Append(ml.Regression.Trainers.OnlineGradientDescent(StockRows.Target)).Fit(Rows.ToView());
        Assert.IsNull(PublicParameters.Of(chain.First()));
        var weights = chain.LastTransformer.Model.Weights;
        var profile = PublicParameters.Of(chain.LastTransformer)!;
        Assert.AreEqual(new ParameterTensor("weights", 20, 0, weights.Max(Math.Abs)), profile.Tensors[0]);
        Assert.AreEqual(new ParameterTensor("bias", 1, 0, Math.Abs(chain.LastTransformer.Model.Bias)), profile.Tensors[1]);
    }

    [TestMethod]
    public void Planted_NaN_and_infinity_are_counted_where_they_stand()
    {
        var ml = new MLContext(1);
        var binary = ml.BinaryClassification.Trainers.SdcaLogisticRegression(StockRows.Positive, maximumNumberOfIterations: 2).Fit(Rows.ToView());
        Plant(WeightsOf<VBuffer<float>>(binary.Model.SubModel), 3, float.NaN);
        Plant(WeightsOf<VBuffer<float>>(binary.Model.SubModel), 7, float.NegativeInfinity);
        var profile = PublicParameters.Of(binary)!;
        Assert.AreEqual(2, profile.NonFinite);
        Assert.AreEqual("weights", profile.NonFiniteTensors.Single().Name);

        var several = ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(StockRows.Class, maximumNumberOfIterations: 2).Fit(Rows.ToView());
        Plant(WeightsOf<VBuffer<float>[]>(several.Model)[1], 0, float.NaN);
        Assert.AreEqual("weights[1]", PublicParameters.Of(several)!.NonFiniteTensors.Single().Name);
    }

    private static T WeightsOf<T>(object model)
    {
        for (var type = model.GetType(); type is not null; type = type.BaseType)
        {
            var field = type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly).FirstOrDefault(f => f.FieldType == typeof(T));
            if (field is not null)
                return (T)field.GetValue(model)!;
        }

        throw new AssertFailedException($"{model.GetType().Name} keeps no {typeof(T).Name}.");
    }

    // The fitted model's own array, behind the read-only view of it.
    private static void Plant(VBuffer<float> weights, int slot, float value) =>
        MemoryMarshal.CreateSpan(ref MemoryMarshal.GetReference(weights.GetValues()), weights.GetValues().Length)[slot] = value;
}
