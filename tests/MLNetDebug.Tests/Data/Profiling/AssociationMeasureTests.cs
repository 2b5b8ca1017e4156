using MathNet.Numerics.Statistics;
using MLNetDebug.Data;

namespace MLNetDebug.Tests.Data;

[TestClass]
public sealed class AssociationMeasureTests
{
    [TestMethod]
    public void Auc_IsTheShareOfPairsInOrder()
    {
        var random = new Random(2);
        float[] labels = [.. Enumerable.Range(0, 200).Select(_ => random.Next(10) == 0 ? float.NaN : random.Next(2))];
        float[] values = [.. labels.Select(l => MathF.Round((float)random.NextDouble() * 3) + (float.IsNaN(l) ? 0 : l))];
        var pairs = from i in Enumerable.Range(0, 200) from j in Enumerable.Range(0, 200) where labels[i] == 1 && labels[j] == 0 select Math.Sign(values[i] - values[j]);

        var association = Measure(values, labels, classes: true)!;
        Assert.AreEqual((pairs.Average() + 1) / 2, association.Value, 1e-12);
        Assert.AreEqual(labels.Count(l => !float.IsNaN(l)), association.Rows);
    }

    [TestMethod]
    public void Auc_OfSeveralClasses_IsTheBestAgainstTheRest()
    {
        // Class 2 lies wholly below the others, which lie mixed.
        float[] labels = [.. Enumerable.Range(0, 90).Select(i => (float)(i % 3))];
        float[] values = [.. labels.Select((l, i) => l == 2 ? -1f - i : i / 3 % 7)];
        Assert.AreEqual(1.0, Measure(values, labels, classes: true)!.Value, 1e-12);
    }

    [TestMethod]
    public void Spearman_IsMathNets()
    {
        var random = new Random(4);
        float[] labels = [.. Enumerable.Range(0, 150).Select(_ => random.Next(30) + 0.5f)];
        float[] values = [.. labels.Select(l => -l + random.Next(40))];
        var expected = Math.Abs(Correlation.Spearman(values.Select(v => (double)v), labels.Select(l => (double)l)));
        Assert.AreEqual(expected, Measure(values, labels, classes: false)!.Value, 1e-6);
    }

    [TestMethod]
    public void CramersV_OfTheLabelItself_IsOne_AndOfIdentifiers_IsZero()
    {
        float[] labels = [.. Enumerable.Range(0, 60).Select(i => (float)(i % 3))];
        Assert.AreEqual(1.0, Measure([.. labels.Select(l => l + 1)], labels, classes: true, ColumnKind.Key)!.Value, 1e-9);
        Assert.AreEqual(0.0, Measure([.. Enumerable.Range(1, 60).Select(i => (float)i)], labels, classes: true, ColumnKind.Key)!.Value, 1e-9);
    }

    [TestMethod]
    public void TooFewRows_GiveNothing()
    {
        float[] labels = [.. Enumerable.Range(0, 19).Select(i => (float)(i % 2))];
        Assert.IsNull(Measure(labels, labels, classes: true));
        Assert.IsNull(Measure([1, 1, 1], [1, 2, 3], classes: false));
    }

    private static LabelAssociation? Measure(float[] values, float[] labels, bool classes, ColumnKind kind = ColumnKind.Number)
    {
        var column = new SampleColumn
        {
            Column = "X",
            Slot = 0,
            Kind = kind,
            Role = ColumnRole.Feature,
            Subject = Subject.Column("X"),
            Singles = values,
        };
        var sorter = new RowSorter();
        sorter.Sort(column);
        return AssociationMeasure.Measure(sorter, column.IsCategorical, SampledLabels.Create(labels, classes));
    }
}
