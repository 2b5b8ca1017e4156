using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data.Mends;

[TestClass]
public sealed class EstimatorMendTests
{
    private readonly MLContext _ml = new(1);

    [TestMethod]
    public void Normalize_GivesZeroMeanAndUnitVariance_VectorsScalarsAndWholeNumbers()
    {
        var mended = new NormalizeMend(["Features", "Whole"]).Apply(_ml, MendData.View(_ml));
        var slots = mended.GetColumn<float[]>("Features").ToArray();
        for (var slot = 0; slot < 3; slot++)
        {
            Assert.AreEqual(0, slots.Average(v => v[slot]), 1e-5);
            Assert.AreEqual(1, slots.Average(v => v[slot] * v[slot]), 0.01);
        }

        Assert.AreEqual(0, mended.GetColumn<float>("Whole").Average(), 1e-5);
        MendData.AssertTrains(_ml, mended);
    }

    [TestMethod]
    public void Normalize_AsEstimator_UsesTheTrainingNumbersOnNewData()
    {
        var fitted = new NormalizeMend(["Features"]).ToEstimator(_ml).Fit(MendData.View(_ml));
        var one = fitted.Transform(MendData.View(_ml, 1)).GetColumn<float[]>("Features").Single();
        Assert.AreEqual(-4.5 / Math.Sqrt(8.25), one[0], 1e-4);
    }

    [TestMethod]
    public void ReplaceMissing_PutsTheMean()
    {
        var mended = new ReplaceMissingMend(["X"]).Apply(_ml, MendData.View(_ml));
        Assert.AreEqual((45f - 2) / 9, mended.GetColumn<float>("X").ElementAt(2), 1e-4);
    }

    [TestMethod]
    public void DropColumns_DropsThem()
    {
        var mended = new DropColumnsMend(["X", "Whole"]).Apply(_ml, MendData.View(_ml));
        CollectionAssert.AreEqual(new[] { "Id", "Label", "Features" }, mended.Schema.Select(c => c.Name).ToArray());
    }

    [TestMethod]
    public void WrongData_GivesASentence()
    {
        var absent = Assert.ThrowsExactly<InvalidOperationException>(() => new NormalizeMend(["Y"]).Apply(_ml, MendData.View(_ml)));
        StringAssert.Contains(absent.Message, "The data has no column 'Y'");
        StringAssert.Contains(absent.Message, "columns are 'Id', 'Label'");
        var text = Assert.ThrowsExactly<InvalidOperationException>(() => new NormalizeMend(["Label"]).Apply(_ml, MendData.View(_ml)));
        StringAssert.Contains(text.Message, "Column 'Label' is String: only numbers can be normalised.");
        Assert.ThrowsExactly<InvalidOperationException>(() => new DropColumnsMend(["Y"]).Apply(_ml, MendData.View(_ml)));
        Assert.ThrowsExactly<ArgumentNullException>(() => new ReplaceMissingMend(["X"]).Apply(_ml, null!));
    }

    [TestMethod]
    public void Code_NamesTheColumnsAsLiterals()
    {
        StringAssert.Contains(new NormalizeMend(["a\"b\n"]).Code, """ml.Transforms.NormalizeMeanVariance("a\"b\u000a", fixZero: false)""");
        StringAssert.Contains(new NormalizeMend(["a", "b"]).Code, """[new InputOutputColumnPair("a"), new InputOutputColumnPair("b")]""");
        StringAssert.Contains(
            new NormalizeMend(["a", "b"]) { WholeNumbers = ["b"] }.Code, """pipeline.Append(ml.Transforms.Conversion.ConvertType("b")).Append(ml.Transforms.NormalizeMeanVariance(""");
        StringAssert.Contains(new DropColumnsMend(["a", "b"]).Code, """ml.Transforms.DropColumns("a", "b")""");
        StringAssert.Contains(new ReplaceMissingMend(["a"]).Code, """ReplaceMissingValues("a", MissingValueReplacingEstimator.ReplacementMode.Mean)""");
    }
}
