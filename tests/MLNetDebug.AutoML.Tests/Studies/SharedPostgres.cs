using MLNetDebug.Zoo.Studies;

namespace MLNetDebug.AutoML.Tests.Studies;

/// <summary>The PostgreSQL server of this test run; started by the first test that needs it.</summary>
[TestClass]
public sealed class SharedPostgres
{
    private static readonly Lazy<(PostgresServer? Server, string? Why)> Started = new(Start);

    /// <summary>The way to it; the test is inconclusive where there is none.</summary>
    public static string ConnectionString
    {
        get
        {
            var (server, why) = Started.Value;
            if (server is null)
                Assert.Inconclusive("No PostgreSQL server can be started here: " + why);
            return server!.ConnectionString;
        }
    }

    [AssemblyCleanup]
    public static void Stop()
    {
        if (Started.IsValueCreated)
            Started.Value.Server?.Dispose();
    }

    private static (PostgresServer? Server, string? Why) Start()
    {
        try
        {
            return (PostgresServer.Start(isDurable: false), null);
        }
        catch (InvalidOperationException e)
        {
            return (null, e.Message);
        }
    }
}
