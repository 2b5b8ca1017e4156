using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Torch.Trainers;
using MLNetDebug.Torch.Zoo.Models;

namespace MLNetDebug.Torch.Tests.Trainers.Models;

[TestClass]
public sealed class ScoreColumnsTests
{
    [TestMethod]
    [DataRow(TorchTask.Regression)]
    [DataRow(TorchTask.BinaryClassification)]
    [DataRow(TorchTask.MulticlassClassification)]
    [DataRow(TorchTask.OneVersusAll)]
    public void ColumnsAndAnnotations_AreThoseOfMLNetsOwnTrainers(TorchTask task)
    {
        using var own = ModelCase.Create(task);
        var (ml, label, data) = (own.Ml, ModelCase.LabelOf(task), own.Prepared);
        IEstimator<ITransformer> trainer = task switch
        {
            TorchTask.Regression => ml.Regression.Trainers.Sdca(label, maximumNumberOfIterations: 1),
            TorchTask.BinaryClassification => ml.BinaryClassification.Trainers.SdcaLogisticRegression(label, maximumNumberOfIterations: 1),
            _ => ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(label, maximumNumberOfIterations: 1),
        };
        var expected = trainer.Fit(data).GetOutputSchema(data.Schema).Skip(data.Schema.Count).ToDictionary(c => c.Name);
        var actual = own.Predictor.GetOutputSchema(data.Schema).Skip(data.Schema.Count).ToArray();
        CollectionAssert.AreEqual(expected.Keys.Order().ToArray(), actual.Select(c => c.Name).Order().ToArray());
        foreach (var column in actual)
        {
            Assert.AreEqual(expected[column.Name].Type, column.Type, column.Name);
            CollectionAssert.AreEqual(Annotations(expected[column.Name]), Annotations(column), column.Name);
        }
    }

    [TestMethod]
    public void TheSetOfASecondModel_IsNumberedBehindTheFirst()
    {
        using var own = ModelCase.Create(TorchTask.Regression);
        var schema = own.Predictor.GetOutputSchema(own.Predictor.GetOutputSchema(own.Prepared.Schema));
        var sets = schema.Where(c => c.Name == "Score").Select(c =>
        {
            var set = 0u;
            c.Annotations.GetValue("ScoreColumnSetId", ref set);
            return set;
        });
        CollectionAssert.AreEqual(new uint[] { 1, 2 }, sets.ToArray());
    }

    [TestMethod]
    public void ALabelWithoutKeyValues_GivesKeysWithoutThem_AndNoSlotNames()
    {
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable([new Keyed { Features = [1, 2], Label = 1 }]);
        using var model = Probe.Of(ml, data.Schema, TorchTask.MulticlassClassification, x => x.clone(), label: "Label", classes: 2);
        var schema = model.GetOutputSchema(data.Schema);
        Assert.AreEqual(new KeyDataViewType(typeof(uint), 2), schema["PredictedLabel"].Type);
        Assert.IsFalse(schema["PredictedLabel"].HasKeyValues());
        Assert.IsFalse(schema["Score"].HasSlotNames());
    }

    [TestMethod]
    public void ALabelOfNumbers_GivesItsNumbersAsKeyValues_AndTheirTextsAsSlotNames()
    {
        var ml = new MLContext(1);
        var data = ml.Data.LoadFromEnumerable([new Numbered { Label = 2.5f }, new Numbered { Label = -1 }]);
        var keyed = ml.Transforms.Conversion.MapValueToKey("Label").Fit(data).Transform(data);
        using var model = Probe.Of(ml, keyed.Schema, TorchTask.MulticlassClassification, x => x.clone(), label: "Label", classes: 2);
        var schema = model.GetOutputSchema(keyed.Schema);
        var (values, names) = (default(VBuffer<float>), default(VBuffer<ReadOnlyMemory<char>>));
        schema["PredictedLabel"].GetKeyValues(ref values);
        schema["Score"].GetSlotNames(ref names);
        CollectionAssert.AreEqual(new[] { 2.5f, -1 }, values.DenseValues().ToArray());
        CollectionAssert.AreEqual(new[] { "2.5", "-1" }, names.DenseValues().Select(n => n.ToString()).ToArray());
    }

    private static string[] Annotations(DataViewSchema.Column column) => [.. column.Annotations.Schema.Select(a => $"{a.Name} {a.Type} {Value(column, a)}").Order()];

    private static string Value(DataViewSchema.Column column, DataViewSchema.Column annotation)
    {
        if (annotation.Type is TextDataViewType)
        {
            var text = default(ReadOnlyMemory<char>);
            column.Annotations.GetValue(annotation.Name, ref text);
            return text.ToString();
        }

        if (annotation.Type is not VectorDataViewType { ItemType: TextDataViewType })
            return "";
        var texts = default(VBuffer<ReadOnlyMemory<char>>);
        column.Annotations.GetValue(annotation.Name, ref texts);
        return string.Join('|', texts.DenseValues());
    }

    private sealed class Keyed
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        [KeyType(2)]
        public uint Label { get; set; }
    }

    private sealed class Numbered
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [0, 0];

        public float Label { get; set; }
    }
}
