using System.Globalization;
using CsCheck;
using MLNetDebug.Guards;

namespace MLNetDebug.Tests.Guards.Closed;

[TestClass]
public sealed class LoggedLossTests
{
    [TestMethod]
    public void Any_loss_is_read_as_it_was_written() => Gen.Select(Gen.Int[0, int.MaxValue], Gen.Float).Sample(
        (row, written) => Assert.AreEqual(BitConverter.SingleToInt32Bits(written + 0f), BitConverter.SingleToInt32Bits((float)Read($"Row: {row}, Loss: {written}")!.Value + 0f)),
        iter: 2000, threads: 1);

    [TestMethod]
    public void Numbers_are_those_of_the_threads_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (comma.NumberFormat.NumberDecimalSeparator, comma.NumberFormat.NumberGroupSeparator) = (",", ".");
        try
        {
            CultureInfo.CurrentCulture = comma;
            Assert.AreEqual(1234.5, Read($"Row: 12, Loss: {1234.5f}"));
            Assert.AreEqual(1234.5, Read($"Row: 12, Loss: {1234.5:N1}"));
            Assert.AreEqual(0.25, Read("Row: 12, Loss: 0,25"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [TestMethod]
    [DataRow("Row: 12, Loss: NaN", double.NaN)]
    [DataRow("Row: 12, Loss: Infinity", double.PositiveInfinity)]
    [DataRow("Row: 12, Loss: -1E+30", -1e30)]
    public void Losses_that_left_the_numbers_are_losses(string message, double expected) => Assert.AreEqual(expected, Read(message));

    [TestMethod]
    [DataRow("")]
    [DataRow("Row: 12")]
    [DataRow("Row: 12, Loss: ")]
    [DataRow("Row: 12, Loss: many")]
    [DataRow("Row: 12, Loss: 0.5 and more")]
    [DataRow("Total Row: 12, Loss: 0.5")]
    [DataRow(", Loss: 0.5")]
    [DataRow("Accuracy for epoch 3: 0.5")]
    [DataRow("row: 12, loss: 0.5")]
    public void Other_lines_are_none(string message) => Assert.IsNull(Read(message));

    [TestMethod]
    [DataRow("Accuracy for epoch 3: 0.5", 0.5)]
    [DataRow("Accuracy for epoch 0: NaN", double.NaN)]
    [DataRow("Accuracy for epoch 3: ", null)]
    [DataRow("Accuracy for epoch 3", null)]
    [DataRow("Finished epoch 3: 0.5", null)]
    [DataRow("Row: 12, Loss: 0.5", null)]
    public void A_reported_accuracy_is_read_from_its_own_line(string message, double? expected) =>
        Assert.AreEqual(expected, ValidationPass.TryReadAccuracy(message, out var accuracy) ? accuracy : null);

    private static double? Read(string message) => LoggedLoss.TryRead(message, out var loss) ? loss : null;
}
