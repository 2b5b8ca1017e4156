using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace MLNetDebug.Zoo.Studies;

/// <summary>A PostgreSQL server of our own, on this machine only, in a folder that goes with it. It needs PostgreSQL's programs, and nothing of a server that runs already.</summary>
internal sealed class PostgresServer : IDisposable
{
    private const int Tries = 3;

    private readonly PostgresPrograms _programs;
    private readonly string _folder;
    private int _isStopped;

    private PostgresServer(PostgresPrograms programs, string folder, int port)
    {
        (_programs, _folder) = (programs, folder);
        ConnectionString = FormattableString.Invariant($"Host=127.0.0.1;Port={port};Username={PostgresPrograms.User};Database=postgres;Maximum Pool Size=40");
        AppDomain.CurrentDomain.ProcessExit += OnExit;
    }

    /// <summary>The way to its database <c>postgres</c>.</summary>
    public string ConnectionString { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="isDurable">True to flush what is committed to the disk, as a user's server does; false to be fast in tests that kill no server and no machine.</param>
    /// <exception cref="InvalidOperationException">No server can be started here; the message says why.</exception>
    public static PostgresServer Start(bool isDurable)
    {
        var programs = PostgresPrograms.Find();
        var folder = Directory.CreateTempSubdirectory("mlnetdebug-postgres-").FullName;
        try
        {
            programs.Own(folder);
            var data = Path.Combine(folder, "data");
            programs.Run("initdb", "-D", data, "-U", PostgresPrograms.User, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync");
            for (var attempt = 1; ; attempt++)
            {
                var port = FreePort();
                try
                {
                    // The paths have no spaces: pg_ctl hands the options to a shell.
                    programs.Run(
                        "pg_ctl", "-D", data, "-w", "-t", "60", "-l", Path.Combine(folder, "log"), "-o",
                        FormattableString.Invariant($"-h 127.0.0.1 -p {port} -k {folder} -c fsync={(isDurable ? "on" : "off")} -c max_connections=100"), "start");
                    return new PostgresServer(programs, folder, port);
                }
                catch (InvalidOperationException) when (attempt < Tries)
                {
                    // Someone else may have taken the port between the look and the start.
                }
            }
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isStopped, 1) != 0)
            return;
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        NpgsqlConnection.ClearAllPools();
        try
        {
            _programs.Run("pg_ctl", "-D", Path.Combine(_folder, "data"), "-w", "-m", "immediate", "stop");
        }
        catch (InvalidOperationException)
        {
            // It was ended from outside.
        }

        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void OnExit(object? sender, EventArgs e) => Dispose();
}
