using Npgsql;

namespace MLNetDebug.AutoML.Tests.Studies;

[TestClass]
public sealed class PostgresStudyStoreTests : StudyStoreContract
{
    private readonly string _schema = "study \"" + Guid.NewGuid().ToString("N");

    protected override SqlStudyStore NewStore() => new PostgresStudyStore(SharedPostgres.ConnectionString, _schema);

    protected override void Damage(string sql)
    {
        var settings = new NpgsqlConnectionStringBuilder(SharedPostgres.ConnectionString) { SearchPath = $"\"{_schema.Replace("\"", "\"\"")}\"" };
        using var source = NpgsqlDataSource.Create(settings);
        using var command = source.CreateCommand(sql);
        command.ExecuteNonQuery();
    }

    [TestMethod]
    public void Schema_KeepsStudiesApart()
    {
        using var store = NewStore();
        using var other = new PostgresStudyStore(SharedPostgres.ConnectionString, _schema + "2");
        store.Open(Study);
        Assert.AreEqual(0, other.Studies().Count);
    }

    [TestMethod]
    public void Server_ThatIsNotThereIsASentenceWithoutThePassword()
    {
        using var store = new PostgresStudyStore("Host=127.0.0.1;Port=1;Username=me;Password=secret;Database=studies;Timeout=5");
        var thrown = Assert.ThrowsExactly<IOException>(() => store.Studies());
        StringAssert.Contains(thrown.Message, "database 'studies' at 127.0.0.1:1");
        StringAssert.Contains(thrown.Message, "cannot be reached");
        Assert.IsFalse(thrown.ToString().Contains("secret"));
    }

    [TestMethod]
    public void Database_ThatIsNotThereIsASentence()
    {
        using var store = new PostgresStudyStore(new NpgsqlConnectionStringBuilder(SharedPostgres.ConnectionString) { Database = "absent" }.ToString());
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => store.Studies()).Message, "Create the database");
    }

    [TestMethod]
    public void User_WithoutRightsIsASentence()
    {
        var user = "u" + Guid.NewGuid().ToString("N");
        using (var source = NpgsqlDataSource.Create(SharedPostgres.ConnectionString))
        using (var command = source.CreateCommand($"CREATE ROLE {user} LOGIN"))
            command.ExecuteNonQuery();
        using var store = new PostgresStudyStore(new NpgsqlConnectionStringBuilder(SharedPostgres.ConnectionString) { Username = user }.ToString(), _schema);
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => store.Studies()).Message, "Grant CREATE");
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("nonsense")]
    [DataRow("Host=x;Colour=red")]
    [DataRow("Host=x;Port=many")]
    [DataRow("Database=x")]
    [DataRow("Host=x;Minimum Pool Size=9;Maximum Pool Size=3")]
    public void ConnectionString_ThatIsNoneIsRefused(string text) => Assert.ThrowsExactly<ArgumentException>(() => new PostgresStudyStore(text));

    [TestMethod]
    public void Schema_ThatPostgresWouldCutOffIsRefused() => Assert.ThrowsExactly<ArgumentException>(() => new PostgresStudyStore("Host=x", new string('é', 32)));
}
