using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;
using MLNetDebug.Pipeline;

namespace MLNetDebug.Tests.Pipeline;

[TestClass]
public sealed class DeclarationResolverTests
{
    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void Conventions_AreUsedAndSaid()
    {
        var data = PipelineData.Concatenate(_ml).Fit(PipelineData.View(_ml)).Transform(PipelineData.View(_ml));
        var declared = DeclarationResolver.Resolve(data.Schema, new DiagnosticsOptions());
        Assert.AreEqual("Label", declared.Label);
        CollectionAssert.AreEqual(new[] { "Features" }, declared.Features.ToArray());
        Assert.AreEqual(LearningTask.BinaryClassification, declared.Task);
        Assert.AreEqual(3, declared.Assumptions.Count);
        StringAssert.Contains(declared.Assumptions[2], "BinaryClassification, as 'Label' is Boolean");
    }

    [TestMethod]
    public void WhatTheUserSays_WinsAndIsNoAssumption()
    {
        var options = new DiagnosticsOptions { Label = "Target", Features = ["A"], Weight = "B", Task = LearningTask.Regression };
        var declared = DeclarationResolver.Resolve(PipelineData.View(_ml).Schema, options, _ml.Regression.Trainers.Sdca("Label", "A"));
        Assert.AreEqual("Target", declared.Label);
        Assert.AreEqual("B", declared.Weight);
        Assert.AreEqual("SdcaRegressionTrainer", declared.Trainer!.Name);
        Assert.AreEqual(0, declared.Assumptions.Count);
    }

    [TestMethod]
    public void Trainer_SaysItsColumnsAndTask()
    {
        var data = _ml.Transforms.Concatenate("X", "A", "B").Fit(PipelineData.View(_ml)).Transform(PipelineData.View(_ml));
        var declared = DeclarationResolver.Resolve(data.Schema, new DiagnosticsOptions(), _ml.Regression.Trainers.OnlineGradientDescent("Target", "X"));
        Assert.AreEqual("Target", declared.Label);
        CollectionAssert.AreEqual(new[] { "X" }, declared.Features.ToArray());
        Assert.AreEqual(LearningTask.Regression, declared.Task);
        Assert.AreEqual(TrainerFamily.StochasticGradient, declared.Trainer!.Family);
        Assert.IsTrue(declared.Trainer.NeedsNormalization);
    }

    [TestMethod]
    public void NoFeaturesColumn_AllOthersAreFeatures()
    {
        var declared = DeclarationResolver.Resolve(PipelineData.View(_ml).Schema, new DiagnosticsOptions { Time = "Target" });
        CollectionAssert.AreEqual(new[] { "A", "B", "Kind" }, declared.Features.ToArray());
        StringAssert.Contains(string.Join(" ", declared.Assumptions), "Features: all other columns ('A', 'B', 'Kind')");
    }

    [TestMethod]
    public void HiddenColumns_AreNeverFeatures()
    {
        var data = _ml.Transforms.Concatenate("A", "A", "B").Fit(PipelineData.View(_ml)).Transform(PipelineData.View(_ml));
        var declared = DeclarationResolver.Resolve(data.Schema, new DiagnosticsOptions());
        CollectionAssert.AreEquivalent(new[] { "B", "Kind", "Target", "A" }, declared.Features.ToArray());
    }

    [TestMethod]
    public void AbsentColumn_GivesASentenceWithTheColumnsThereAre()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(() => DeclarationResolver.Resolve(PipelineData.View(_ml).Schema, new DiagnosticsOptions { Label = "label2" }));
        Assert.AreEqual("The data has no column 'label2'; columns are 'Label', 'A', 'B', 'Kind', 'Target'; pass Label = \"...\" with one of them.", error.Message);
    }

    [TestMethod]
    public void NoLabel_IsSaid()
    {
        var data = _ml.Transforms.SelectColumns("A", "B").Fit(PipelineData.View(_ml)).Transform(PipelineData.View(_ml));
        var declared = DeclarationResolver.Resolve(data.Schema, new DiagnosticsOptions());
        Assert.IsNull(declared.Label);
        StringAssert.Contains(declared.Assumptions[0], "No label: the data has no column 'Label'");
    }

    [TestMethod]
    public void TrainerWithoutALabel_HasNone_UnlessSaid()
    {
        var schema = PipelineData.View(_ml).Schema;
        var clusters = _ml.Clustering.Trainers.KMeans("A");
        var declared = DeclarationResolver.Resolve(schema, new DiagnosticsOptions(), clusters);
        Assert.IsNull(declared.Label);
        StringAssert.Contains(declared.Assumptions[0], "No label: KMeansTrainer reads none");
        Assert.AreEqual("Label", DeclarationResolver.Resolve(schema, new DiagnosticsOptions { Label = "Label" }, clusters).Label);
    }

    [TestMethod]
    public void Weight_ByName_OnlyBesideFeaturesAndWithoutATrainerThatReadsNone()
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Label", NumberDataViewType.Single);
        schema.AddColumn("Weight", NumberDataViewType.Single);
        Assert.IsNull(DeclarationResolver.Resolve(schema.ToSchema(), new DiagnosticsOptions()).Weight);
        schema.AddColumn("Features", new VectorDataViewType(NumberDataViewType.Single, 2));
        Assert.AreEqual("Weight", DeclarationResolver.Resolve(schema.ToSchema(), new DiagnosticsOptions()).Weight);
        Assert.IsNull(DeclarationResolver.Resolve(schema.ToSchema(), new DiagnosticsOptions(), _ml.Regression.Trainers.Sdca()).Weight);
        Assert.AreEqual("Weight", DeclarationResolver.Resolve(schema.ToSchema(), new DiagnosticsOptions(), _ml.Regression.Trainers.Sdca(exampleWeightColumnName: "Weight")).Weight);
    }

    [TestMethod]
    public void TransformAsTrainer_IsRefused()
    {
        var error = Assert.ThrowsExactly<ArgumentException>(
            () => DeclarationResolver.Resolve(PipelineData.View(_ml).Schema, new DiagnosticsOptions { Trainer = PipelineData.Concatenate(_ml) }));
        StringAssert.Contains(error.Message, "ColumnConcatenatingEstimator, which is no trainer");
    }

    [TestMethod]
    [DataRow("key", LearningTask.MulticlassClassification)]
    [DataRow("text", LearningTask.MulticlassClassification)]
    [DataRow("bool", LearningTask.BinaryClassification)]
    [DataRow("single", LearningTask.Regression)]
    [DataRow("vector", LearningTask.Unknown)]
    public void Task_ByTypeOfLabel(string type, LearningTask expected)
    {
        var schema = new DataViewSchema.Builder();
        schema.AddColumn("Label", type switch
        {
            "key" => new KeyDataViewType(typeof(uint), 3),
            "text" => TextDataViewType.Instance,
            "bool" => BooleanDataViewType.Instance,
            "single" => NumberDataViewType.Single,
            _ => new VectorDataViewType(NumberDataViewType.Single, 2),
        });
        Assert.AreEqual(expected, DeclarationResolver.Resolve(schema.ToSchema(), new DiagnosticsOptions()).Task);
    }
}
