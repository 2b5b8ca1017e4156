using MLNetDebug.AutoML.Studies.Sql;

namespace MLNetDebug.AutoML.Tests.Studies;

/// <summary>A study file may be damaged, or made by someone else: it gives an answer or a sentence.</summary>
[TestClass]
public sealed class StudyFileFuzzTests
{
    private const string Study = "sweep";
    private const int Seeds = 150;

    private readonly TempFolder _folder = new();

    [TestCleanup]
    public void Clean() => _folder.Dispose();

    [TestMethod]
    public void Bytes_ThatAreDamagedGiveAnAnswerOrASentence()
    {
        var healthy = File.ReadAllBytes(Healthy("healthy.db"));
        var answers = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var random = new Random(seed);
            var path = _folder.File($"{seed}.db");
            File.WriteAllBytes(path, Damaged(healthy, random));
            answers += Use(path, $"seed {seed}");
        }

        Assert.IsTrue(answers is > 0 and < Seeds * 7, $"{answers} of {Seeds * 7} calls were answered: some damage is felt, and some is not.");
    }

    [TestMethod]
    [DynamicData(nameof(HostileSql.Statements), typeof(HostileSql))]
    public void Rows_ThatAreHostileGiveASentence(string sql)
    {
        var path = Healthy("hostile.db");
        SqliteFile.Execute(path, "PRAGMA foreign_keys = OFF; " + sql);
        Assert.IsTrue(Use(path, sql) < 7, "Every call was answered as if nothing were wrong.");
    }

    private static byte[] Damaged(byte[] healthy, Random random)
    {
        var bytes = (byte[])healthy.Clone();
        switch (random.Next(4))
        {
            case 0:
                return bytes[..random.Next(bytes.Length)];
            case 1:
                var page = random.Next(bytes.Length / 4096);
                random.NextBytes(bytes.AsSpan(page * 4096, 4096));
                return bytes;
            default:
                for (var n = random.Next(1, 60); n > 0; n--)
                    bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                return bytes;
        }
    }

    private string Healthy(string name)
    {
        var path = _folder.File(name);
        using var store = new SqliteStudyStore(path);
        store.Open(new StudyDefinition(Study, """{"Seed":1}"""));
        for (var n = 0; n < 4; n++)
        {
            var claim = store.TryAdd(Study, Plan(n), "a")!;
            store.Report(claim, new TrialPoint(1, 0.5, 10));
            if (n > 0)
                store.Finish(claim, new TrialEnd(TrialState.Pruned) { Metric = 0.5, Reason = "why", Findings = [new TrialFinding("MLD302", Severity.Info, "m")], Bracket = new LearningRateBracket { Rates = [1, 2] } });
        }

        SqliteFile.Execute(path, "UPDATE trial SET heartbeat = 1");
        return path;
    }

    private static TrialPlan Plan(int number) => new(number, TrialKind.Search, new TrialParameters([new("LearningRate", 0.1)]), 1, 20) { Arm = "arm" };

    /// <summary>Makes every call, and returns how many were answered.</summary>
    private static int Use(string path, string what)
    {
        using var store = new SqliteStudyStore(path);
        var claim = new TrialClaim(Study, Plan(0), 1);
        Action[] calls =
        [
            () => store.Open(new StudyDefinition(Study, """{"Seed":1}""")), () => store.Studies(), () => store.Read(Study), () => store.Events(Study), () => store.Report(claim, new TrialPoint(2, 0.5, 20)),
            () => store.TryTakeOver(Study, "b", TimeSpan.FromSeconds(1)), () => store.TryAdd(Study, Plan(4), "b"),
        ];
        return calls.Count(call => IsAnswered(call, path, what));
    }

    private static bool IsAnswered(Action call, string path, string what)
    {
        try
        {
            call();
            return true;
        }
        catch (Exception e)
        {
            var isDocumented = e is ArgumentException or KeyNotFoundException or IOException or InvalidOperationException and not ObjectDisposedException;
            Assert.IsTrue(isDocumented && e.Message.Contains(path) && e.Message.Contains(' '), $"{what}: {e}");
            return false;
        }
    }
}
