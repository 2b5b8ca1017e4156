using Microsoft.ML;

namespace MLNetDebug.AutoML.Experiment.Tests;

[TestClass]
public sealed class GivenRowsTests
{
    [TestMethod]
    public void Rows_WithAnyNumberThatIsNone_AreCountedOnce()
    {
        var rows = Rows.Draw(new MLContext(1), 100, 1, (row, i) =>
        {
            if (i is 3 or 50)
                row.Features[1] = row.Features[2] = float.NaN;
            if (i is 3 or 70)
                row.Label = float.PositiveInfinity;
        });
        Assert.AreEqual(3, GivenRows.CountNonFinite(rows, 100, CancellationToken.None));
        Assert.AreEqual(1, GivenRows.CountNonFinite(rows, 50, CancellationToken.None));
        Assert.Throws<OperationCanceledException>(() => GivenRows.CountNonFinite(rows, 100, new CancellationToken(true)));
    }
}
