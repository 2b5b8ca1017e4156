using Microsoft.Data.Sqlite;
using MLNetDebug.AutoML.Studies.Sql;

namespace MLNetDebug.AutoML.Tests.Studies;

[TestClass]
public sealed class SqliteFaultsTests
{
    [TestMethod]
    [DataRow(8, typeof(IOException), "read-only")]
    [DataRow(5, typeof(IOException), "locked by another process for 60 seconds")]
    [DataRow(13, typeof(IOException), "disk is full")]
    [DataRow(10, typeof(IOException), "the driver's words")]
    [DataRow(11, typeof(InvalidOperationException), "damaged")]
    [DataRow(26, typeof(InvalidOperationException), "no SQLite database")]
    public void Explain_SaysWhatIsWrongWhereAndWhatToDo(int code, Type type, string words)
    {
        var thrown = new SqliteException("the driver's words", code);
        var told = SqliteFaults.Explain(thrown, "The study file '/f/s.db'", "/f/s.db", 60);
        Assert.AreEqual(type, told.GetType());
        Assert.AreSame(thrown, told.InnerException);
        StringAssert.Contains(told.Message, words);
        StringAssert.StartsWith(told.Message, "The study file '/f/s.db' ");
    }
}
