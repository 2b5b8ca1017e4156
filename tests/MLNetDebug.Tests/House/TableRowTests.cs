using MLNetDebug.Zoo.Tables;

namespace MLNetDebug.Tests.House;

[TestClass]
public sealed class TableRowTests
{
    [TestMethod]
    [DataRow(0, 10, 0.0, 0.277533)]
    [DataRow(5, 10, 0.236593, 0.763407)]
    [DataRow(400, 400, 0.990488, 1.0)]
    [DataRow(7, 420, 0.008094, 0.034007)]
    public void Wilson_EqualsTheFormula(long successes, long n, double low, double high)
    {
        var interval = TableRow.Wilson(successes, n);
        Assert.AreEqual(low, interval.Low, 1e-4);
        Assert.AreEqual(high, interval.High, 1e-4);
    }

    [TestMethod]
    [DataRow("<=", 0.03, 0.03, true)]
    [DataRow("<=", 0.031, 0.03, false)]
    [DataRow(">=", 0.95, 0.95, true)]
    [DataRow(">=", 0.949, 0.95, false)]
    [DataRow("==", 0.0, 0.0, true)]
    [DataRow("==", 1.0, 0.0, false)]
    [DataRow(">=", double.NaN, 0.95, false)]
    [DataRow("<=", 5.0, double.NaN, true)]
    public void Passes_HoldsTheValueAgainstTheBar(string op, double value, double bar, bool passes) =>
        Assert.AreEqual(passes, new TableRow("row", 1, value, null, null, "share", op, bar).Passes);

    [TestMethod]
    public void Write_ThenRead_GivesTheRowsBack()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            TableRow[] rows = [TableRow.Share("1.a", 3, 4, ">=", 0.5), new("1.b", 2, 1.5, null, null, "s", "<=", double.NaN)];
            TableFile.Write(path, rows, TimeSpan.FromSeconds(3));
            CollectionAssert.AreEqual(rows, TableFile.Read(path).ToArray());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestMethod]
    public void Run_ExitsWithOneWhereABarIsMissedAndTwoWhereTheCommandIsWrong()
    {
        var commands = new Dictionary<string, Func<TableArguments, IEnumerable<TableRow>>>
        {
            ["good"] = _ => [TableRow.Share("row", 1, 1, "==", 1)],
            ["bad"] = _ => [TableRow.Share("row", 0, 1, "==", 1)],
        };
        Assert.AreEqual(0, TableCommand.Run(["good", "--quick"], commands));
        Assert.AreEqual(1, TableCommand.Run(["bad"], commands));
        Assert.AreEqual(2, TableCommand.Run(["good", "--json"], commands));
        Assert.AreEqual(2, TableCommand.Run(["other"], commands));
        Assert.AreEqual(2, TableCommand.Run([], commands));
    }
}
