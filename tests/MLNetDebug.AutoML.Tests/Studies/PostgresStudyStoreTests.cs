using MLNetDebug.AutoML.Studies.Sql;
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
    public void Connections_ThatTheServerEnded_AreReplaced()
    {
        var name = "t" + Guid.NewGuid().ToString("N");
        using var store = new PostgresStudyStore(new NpgsqlConnectionStringBuilder(SharedPostgres.ConnectionString) { ApplicationName = name }.ToString(), _schema);
        store.Open(Study);
        var claim = store.TryAdd(Study.Name, Plan(0), "w")!;
        foreach (var call in (Action[])[() => Assert.IsTrue(store.Report(claim, new TrialPoint(1, 0.5, 10))), () => store.Read(Study.Name), () => Assert.IsTrue(store.Beat(claim))])
        {
            Damage($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{name}'");
            call();
        }

        Assert.AreEqual(1, store.Read(Study.Name).Trials[0].Points.Count);
    }

    [TestMethod]
    public void Writer_WhoIsHalted_DoesNotKeepTheStudy()
    {
        using var store = NewStore();
        store.Open(Study);
        using var database = new PostgresDatabase(SharedPostgres.ConnectionString, _schema);
        using var halted = database.Begin(isWrite: true);
        StudyTable.Lock(halted, Study.Name);
        Assert.AreEqual("10s", halted.Query("setting", "SELECT current_setting('idle_in_transaction_session_timeout') AS value", r => r.Text("value"))[0]);
        halted.Execute("SET LOCAL idle_in_transaction_session_timeout = 300");
        // The server ends it by its clock; others wait, and go on.
        Assert.IsNotNull(store.TryAdd(Study.Name, Plan(0), "w"));
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
