using CsCheck;
using MLNetDebug.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace MLNetDebug.Torch.Tests.Training;

[TestClass]
public sealed class ValidationReaderTests
{
    [TestMethod]
    public void Numbers_equal_their_definitions() =>
        Gen.Select(Gen.Int[2, 6], Gen.Int[1, 300], Gen.Int[0, 10_000]).Sample((classes, rows, seed) =>
        {
            var random = new Random(seed);
            var p = Distributions(random, rows, classes);
            long[] y = [.. p.Select(_ => (long)random.Next(classes))];
            var record = Read(p, y);

            Assert.AreEqual(rows, record.Rows);
            Assert.AreEqual(classes, record.Classes);
            Assert.AreEqual(Enumerable.Range(0, rows).Average(i => -Math.Log(p[i][y[i]])), record.LogLoss, 1e-4);
            Assert.AreEqual(record.LogLoss, record.Loss);
            int[] best = [.. p.Select(r => Array.IndexOf(r, r.Max()))];
            double[] confidence = [.. p.Select(r => (double)r.Max())];
            bool[] right = [.. best.Select((b, i) => b == y[i])];
            Assert.AreEqual(right.Average(r => r ? 1.0 : 0), record.Accuracy, 1e-9);
            Assert.AreEqual(confidence.Average(), record.MeanConfidence, 1e-6);
            Assert.AreEqual(confidence.Where((_, i) => !right[i]).DefaultIfEmpty(double.NaN).Average(), record.MeanConfidenceOfWrong, 1e-6);
            var ece = Enumerable.Range(0, rows).GroupBy(i => Math.Max(0, (int)Math.Ceiling(confidence[i] * 15) - 1)).Sum(b => Math.Abs(b.Sum(i => (right[i] ? 1 : 0) - confidence[i])) / rows);
            Assert.AreEqual(ece, record.CalibrationError, 1e-5);
            var shares = y.GroupBy(l => l).Select(g => (double)g.Count() / rows).ToArray();
            Assert.AreEqual(shares.Max(), record.MajorityShare, 1e-12);
            Assert.AreEqual(shares.Sum(s => -s * Math.Log(s)), record.LabelEntropy, 1e-9);
            Assert.AreEqual(Enumerable.Range(0, classes).Max(k => Spread(p.Select(r => (double)r[k]))), record.RowSpread, 1e-6);
            Assert.AreEqual(p.SelectMany(r => r).Min(), (float)record.Min);
            Assert.AreEqual(p.SelectMany(r => r).Max(), (float)record.Max);
            Assert.AreEqual(0, record.InvalidRows);
            Assert.AreEqual(rows < 100, double.IsNaN(record.Temperature));
        }, iter: 60, threads: 1);

    [TestMethod]
    public void Probabilities_made_sharper_have_their_temperature()
    {
        var random = new Random(5);
        var p = Distributions(random, 3000, 4);
        long[] y = [.. p.Select(r => Draw(random, r))];
        float[][] sharp = [.. p.Select(r => Normalised([.. r.Select(v => (float)Math.Pow(v, 3))]))];
        Assert.AreEqual(1, Read(p, y).Temperature, 0.1);
        var record = Read(sharp, y);
        Assert.AreEqual(3, record.Temperature, 0.3);
        Assert.IsLessThan(record.LogLoss, record.CalibratedLogLoss);
        Assert.IsLessThan(1e-6, record.CalibrationPValue);
    }

    [TestMethod]
    public void One_number_a_row_is_the_second_of_two_classes()
    {
        using var scope = NewDisposeScope();
        var p = tensor(new[] { 0.9f, 0.2f, 0.7f, 0.4f });
        var record = ValidationReader.Read(new() { Probabilities = p, Labels = tensor(new[] { 1f, 0f, 0f, 0f }).unsqueeze(1) });
        Assert.AreEqual(2, record.Classes);
        Assert.AreEqual(0.75, record.Accuracy);
        Assert.AreEqual(-(Math.Log(0.9) + Math.Log(0.8) + Math.Log(0.3) + Math.Log(0.6)) / 4, record.LogLoss, 1e-6);
        Assert.AreEqual(double.NaN, record.MaxSumError);
        var both = ValidationReader.Read(new() { Probabilities = stack([1 - p, p], 1), Labels = tensor(new long[] { 1, 0, 0, 0 }) });
        Assert.AreEqual(record.CalibrationError, both.CalibrationError, 1e-6);
        Assert.AreEqual(record.Accuracy, ValidationReader.Read(new() { Probabilities = p.unsqueeze(1), Labels = tensor(new[] { true, false, false, false }) }).Accuracy);
    }

    [TestMethod]
    public void What_the_loop_has_measured_itself_is_kept()
    {
        using var scope = NewDisposeScope();
        var p = tensor(new[] { 0.9f, 0.2f });
        var record = ValidationReader.Read(new() { Loss = 7, Accuracy = 0.25, Probabilities = p, Labels = tensor(new long[] { 1, 0 }) });
        Assert.AreEqual((7.0, 0.25), (record.Loss, record.Accuracy));
        Assert.AreEqual(-(Math.Log(0.9) + Math.Log(0.8)) / 2, record.LogLoss, 1e-6);
        Assert.AreEqual(new ValidationRecord { Loss = 3 }, ValidationReader.Read(new() { Loss = 3 }));
        Assert.AreEqual(double.PositiveInfinity, ValidationReader.Read(new() { Loss = double.PositiveInfinity }).Loss);
    }

    [TestMethod]
    public void Rows_that_are_no_distribution_are_counted()
    {
        using var scope = NewDisposeScope();
        var p = tensor(new[,] { { 0.5f, 0.5f }, { 2, -1 }, { float.NaN, 0.5f }, { 0.5f, 0.4f }, { 0.5000001f, 0.5f }, { float.PositiveInfinity, 0 } });
        var record = ValidationReader.Read(new() { Probabilities = p, Labels = tensor(new long[] { 0, 0, 1, 1, 0, 0 }) });
        Assert.AreEqual((4L, 1L, 2L), (record.InvalidRows, record.FirstInvalidRow, record.NonFiniteRows));
        Assert.AreEqual((-1.0, 2.0), (record.Min, record.Max));
        Assert.AreEqual(0.1, record.MaxSumError, 1e-6);
        Assert.AreEqual(double.NaN, record.LogLoss);
        Assert.AreEqual(double.NaN, record.Loss);
        Assert.AreEqual(3 / 6.0, record.Accuracy);
    }

    [TestMethod]
    public void Without_labels_the_rows_are_looked_at_alone()
    {
        using var scope = NewDisposeScope();
        var record = ValidationReader.Read(new() { Probabilities = full([50, 4], 0.25f) });
        Assert.AreEqual((50L, 4L, 0L, 0.0), (record.Rows, record.Classes, record.InvalidRows, record.RowSpread));
        Assert.IsTrue(double.IsNaN(record.LogLoss) && double.IsNaN(record.Accuracy) && double.IsNaN(record.MajorityShare));
    }

    [TestMethod]
    [DataRow(ScalarType.Float16)]
    [DataRow(ScalarType.BFloat16)]
    [DataRow(ScalarType.Float64)]
    public void Other_types_layouts_and_gradients_are_read(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var p = tensor(new[,] { { 0.25f, 0.5f }, { 0.75f, 0.5f } }).to(type).t().requires_grad_();
        var record = ValidationReader.Read(new() { Probabilities = p, Labels = tensor(new[] { 1, 0 }, ScalarType.Int32) });
        Assert.AreEqual(1, record.Accuracy);
        Assert.AreEqual(0, record.InvalidRows);
        Assert.AreEqual(-(Math.Log(0.75) + Math.Log(0.5)) / 2, record.LogLoss, 1e-6);
    }

    [TestMethod]
    public void Large_tensors_are_read_in_pieces_and_nothing_is_left_behind()
    {
        using var scope = NewDisposeScope();
        var p = nn.functional.softmax(rand(60_000, 100), 1);
        p[50_000, 3] = 4;
        var y = zeros(60_000, ScalarType.Int64);
        var before = TensorCount.Settled();
        var record = ValidationReader.Read(new() { Probabilities = p, Labels = y });
        Assert.AreEqual(before, Tensor.TotalCount);
        Assert.AreEqual((60_000L, 1L, 50_000L), (record.Rows, record.InvalidRows, record.FirstInvalidRow));
        Assert.IsFalse(p.IsInvalid || y.IsInvalid);
    }

    [TestMethod]
    public void What_does_not_fit_gets_a_sentence()
    {
        using var scope = NewDisposeScope();
        var (p, y) = (full([4, 3], 1 / 3f), zeros(4, ScalarType.Int64));
        Throws("Accuracy is 85", new() { Accuracy = 85 });
        Throws("Labels and no Probabilities", new() { Labels = y });
        Throws("Probabilities are Float32 [4, 3, 1]", new() { Probabilities = p.unsqueeze(2) });
        Throws("Probabilities are Int64 [4]", new() { Probabilities = y });
        Throws("at least one row", new() { Probabilities = zeros(0, 3) });
        Throws("Labels are Int64 [4, 3]", new() { Probabilities = p, Labels = zeros([4, 3], ScalarType.Int64) });
        Throws("3 labels to 4 rows", new() { Probabilities = p, Labels = zeros(3, ScalarType.Int64) });
        Throws("label of row 2 is 3; expected is a class from 0 to 2", new() { Probabilities = p, Labels = tensor(new long[] { 0, 1, 3, 2 }) });
        Throws("label of row 0 is -1", new() { Probabilities = p, Labels = tensor(new long[] { -1, 1, 0, 2 }) });
        Throws("label of row 1 is NaN", new() { Probabilities = p, Labels = tensor(new[] { 0, float.NaN, 1, 2 }) });
        Throws("label of row 1 is 0.5", new() { Probabilities = p, Labels = tensor(new[] { 0, 0.5f, 1, 2 }) });
        Throws("label of row 3 is 2; expected is a class from 0 to 1", new() { Probabilities = full([4], 0.5f), Labels = tensor(new long[] { 0, 1, 0, 2 }) });
        p.Dispose();
        Throws("Probabilities have been disposed", new() { Probabilities = p });
        Assert.ThrowsExactly<ArgumentNullException>(() => ValidationReader.Read(null!));
    }

    private static void Throws(string says, Validation validation) => Assert.Contains(says, Assert.ThrowsExactly<ArgumentException>(() => ValidationReader.Read(validation)).Message);

    private static ValidationRecord Read(float[][] p, long[] y)
    {
        using var scope = NewDisposeScope();
        return ValidationReader.Read(new() { Probabilities = tensor(p.SelectMany(r => r).ToArray(), [p.Length, p[0].Length]), Labels = tensor(y) });
    }

    private static float[][] Distributions(Random random, int rows, int classes) =>
        [.. Enumerable.Range(0, rows).Select(_ => Normalised([.. Enumerable.Range(0, classes).Select(_ => (float)(0.02 + random.NextDouble()))]))];

    private static float[] Normalised(float[] row) => [.. row.Select(v => v / row.Sum())];

    private static long Draw(Random random, float[] row)
    {
        var left = random.NextDouble();
        for (var k = 0; k < row.Length - 1; k++)
        {
            if ((left -= row[k]) < 0)
                return k;
        }

        return row.Length - 1;
    }

    private static double Spread(IEnumerable<double> values)
    {
        double[] all = [.. values];
        return Math.Sqrt(all.Average(v => (v - all.Average()) * (v - all.Average())));
    }
}
