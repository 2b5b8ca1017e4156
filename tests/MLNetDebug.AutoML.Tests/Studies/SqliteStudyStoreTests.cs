using MLNetDebug.AutoML.Studies.Sql;

namespace MLNetDebug.AutoML.Tests.Studies;

[TestClass]
public sealed class SqliteStudyStoreTests : StudyStoreContract
{
    private readonly TempFolder _folder = new();

    private string Path => _folder.File("studies.db");

    [TestCleanup]
    public void Clean() => _folder.Dispose();

    protected override SqlStudyStore NewStore() => new SqliteStudyStore(Path);

    protected override void Damage(string sql) => SqliteFile.Execute(Path, sql);

    [TestMethod]
    public void Events_OfAStoreThatWasNotClosedAreThere()
    {
        var left = NewStore();
        left.Open(Study);
        var claim = left.TryAdd(Study.Name, Plan(0), "a")!;
        left.Report(claim, new TrialPoint(1, 0.5, 10));
        // As after a kill: what is in the log, and not yet in the file, is what another file with a copy of both has.
        Assert.IsTrue(new FileInfo(Path + "-wal").Length > 0);
        var copy = _folder.File("copy.db");
        File.Copy(Path, copy);
        File.Copy(Path + "-wal", copy + "-wal");
        using (var store = new SqliteStudyStore(copy))
            Assert.AreEqual(new TrialPoint(1, 0.5, 10), store.Read(Study.Name).Trials[0].Points[0]);
        left.Dispose();
    }

    [TestMethod]
    public void File_IsWrittenAheadAndFlushed()
    {
        using var store = NewStore();
        store.Open(Study);
        Assert.AreEqual("wal", SqliteFile.Scalar(Path, "PRAGMA journal_mode"));
        using var connection = new SqliteDatabase(Path).Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous";
        Assert.AreEqual(2L, command.ExecuteScalar());
    }

    [TestMethod]
    public void Path_OfNoFolderIsASentence()
    {
        using var store = new SqliteStudyStore(_folder.File("absent/studies.db"));
        StringAssert.Contains(Assert.ThrowsExactly<IOException>(() => store.Studies()).Message, "there is no folder");
    }

    [TestMethod]
    public void Path_OfAFolderIsASentence()
    {
        Directory.CreateDirectory(Path);
        using var store = NewStore();
        StringAssert.Contains(Assert.ThrowsExactly<IOException>(() => store.Studies()).Message, "it is a folder");
    }

    [TestMethod]
    public void Path_OfMemoryOrNothingIsRefused()
    {
        Assert.ThrowsExactly<ArgumentException>(() => new SqliteStudyStore(":memory:"));
        Assert.ThrowsExactly<ArgumentException>(() => new SqliteStudyStore(""));
        Assert.ThrowsExactly<ArgumentNullException>(() => new SqliteStudyStore(null!));
    }

    [TestMethod]
    public void File_ThatIsNoDatabaseIsASentence()
    {
        File.WriteAllText(Path, new string('x', 5_000));
        using var store = NewStore();
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => store.Open(Study)).Message, "is no SQLite database");
        Assert.AreEqual(new string('x', 5_000), File.ReadAllText(Path));
    }

    [TestMethod]
    public void File_OfAnotherProgramIsASentenceAndStaysAsItIs()
    {
        SqliteFile.Execute(Path, "CREATE TABLE trial (x)");
        using var store = NewStore();
        StringAssert.Contains(Assert.ThrowsExactly<InvalidOperationException>(() => store.Open(Study)).Message, "another program's");
        Assert.AreEqual(1L, SqliteFile.Scalar(Path, "SELECT COUNT(*) FROM sqlite_master WHERE name NOT LIKE 'sqlite%'"));
    }

    [TestMethod]
    public void File_ThatIsReadOnlyIsASentence()
    {
        if (Environment.IsPrivilegedProcess)
            Assert.Inconclusive("Root may write to every file; what a read-only file's error becomes is tested by itself.");
        using (var store = NewStore())
            store.Open(Study);
        File.SetAttributes(Path, FileAttributes.ReadOnly);
        using var refused = NewStore();
        StringAssert.Contains(Assert.ThrowsExactly<IOException>(() => refused.TryAdd(Study.Name, Plan(0), "a")).Message, "read-only");
    }
}
