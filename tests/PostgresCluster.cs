using System.Diagnostics;
using System.Security.Cryptography;
using Npgsql;

namespace Latchkey.Tests;

/// <summary>
/// A PostgreSQL of the test process's own, on a socket in a temporary directory that nobody else looks into. Ends with the process.
/// </summary>
internal sealed partial class PostgresCluster : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly Lazy<PostgresCluster> Started = new(StartForTests);

    private readonly string _bin = FindPrograms();
    private readonly string _directory = Path.Combine(Path.GetTempPath(), "latchkey-pg-" + RandomNumberGenerator.GetHexString(8, lowercase: true));
    private readonly string[] _command;
    private readonly NpgsqlDataSource _administration;
    private Process? _server;
    private int _databases;

    private PostgresCluster(params string[] settings)
        : this(settings, (bin, data) => [$"{bin}/initdb", "-D", data, "-A", "trust", "-U", "latchkey", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"])
    {
    }

    private PostgresCluster(string[] settings, Func<string, string, string[]> make)
    {
        Directory.CreateDirectory(_directory);
        var data = Path.Combine(_directory, "data");
        if (Environment.IsPrivilegedProcess)
        {
            // PostgreSQL refuses to run as root; Debian's package made a user for it.
            Run("chown", "postgres:", _directory);
        }

        Run([.. Unprivileged, .. make(_bin, data)]);

        string[] all = ["listen_addresses=", $"unix_socket_directories={_directory}", "max_connections=300", "shared_buffers=64MB", .. settings];
        _command = [.. Unprivileged, $"{_bin}/postgres", "-D", data, .. all.SelectMany(s => new[] { "-c", s })];
        _server = Serve(_command);
        KeyFile = Path.Combine(_directory, "latchkey.key");
        File.WriteAllText(KeyFile, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        Run("chmod", "600", KeyFile);
        _administration = NpgsqlDataSource.Create(ConnectionString("postgres"));
    }

    /// <summary>The one cluster of this process, started when it is first asked for.</summary>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed.</exception>
    public static PostgresCluster Instance => Started.Value;

    /// <summary>One more, as an operator would run it: each commit waits for the disk.</summary>
    public static PostgresCluster Start(params string[] settings) => new(settings);

    /// <summary>One more that ends with the process. It outlives tests that end processes, and not one that ends the machine.</summary>
    public static PostgresCluster StartForTests()
    {
        var cluster = new PostgresCluster("fsync=off");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => cluster.Dispose();
        return cluster;
    }

    /// <summary>Where its socket lies, as a connection string names it.</summary>
    public string Host => _directory;

    /// <summary>The process that starts all others.</summary>
    public int ProcessId => _server?.Id ?? throw new InvalidOperationException("It does not run.");

    /// <summary>A key file that this process may read.</summary>
    public string KeyFile { get; }

    /// <summary>A new database, empty or a copy of another.</summary>
    public string CreateDatabase(string template = "template0")
    {
        var name = $"latchkey_{Interlocked.Increment(ref _databases)}";
        Administer($"CREATE DATABASE {name} TEMPLATE {template}");
        return name;
    }

    public void DropDatabase(string name) => Administer($"DROP DATABASE {name} WITH (FORCE)");

    public string ConnectionString(string database) =>
        $"Host={_directory};Username=latchkey;Database={database};Maximum Pool Size=20;Connection Idle Lifetime=5;Connection Pruning Interval=1";

    /// <summary>Ends it as a crash would, in the middle of whatever it does.</summary>
    public void Crash()
    {
        _server?.Kill(entireProcessTree: true);
        _server?.WaitForExit();
        _server = null;
    }

    /// <summary>Starts it again on what the crash left.</summary>
    public void Recover() => _server = Serve(_command);

    /// <summary>Follows what it writes, as a standby does; ends when disposed.</summary>
    public async Task<IDisposable> FollowAsync()
    {
        var log = Path.Combine(_directory, "follower");
        Run([.. Unprivileged, "mkdir", log]);
        var follower = new Follower(Process.Start(Quiet([.. Unprivileged, $"{_bin}/pg_receivewal", "-h", _directory, "-U", "latchkey", "-D", log]))!);
        while (Sql("postgres", "SELECT count(*) FROM pg_stat_replication") == "0\n")
        {
            await Task.Yield();
        }

        return follower;
    }

    public void Dispose()
    {
        _administration.Dispose();
        Crash();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>Runs statements and returns what they print, a line per row.</summary>
    public string Sql(string database, string sql) => Psql(database, "-c", sql);

    /// <summary>Runs a file with these variables, each as <c>name=value</c>.</summary>
    public void Script(string database, string file, params string[] variables) =>
        Psql(database, [.. variables.SelectMany(v => new[] { "-v", v }), "-f", file]);

    /// <summary>Every row of every table, as text.</summary>
    public string Dump(string database, params string[] options) =>
        Run([$"{_bin}/pg_dump", "-h", _directory, "-U", "latchkey", "--inserts", .. options, database]);

    /// <summary>A new database with what a dump in PostgreSQL's own format holds.</summary>
    public string Restore(string file)
    {
        var name = CreateDatabase();
        Run($"{_bin}/pg_restore", "-h", _directory, "-U", "latchkey", "-d", name, "--exit-on-error", file);
        return name;
    }

    private string Psql(string database, params string[] what) =>
        Run([$"{_bin}/psql", "-h", _directory, "-U", "latchkey", "-d", database, "-v", "ON_ERROR_STOP=1", "-qtAX", .. what]);

    // The user is changed without a shell or a session in between, so that the process started is the server itself.
    private static string[] Unprivileged => Environment.IsPrivilegedProcess
        ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]
        : [];

    private static string FindPrograms() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.EnumerateDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin"))
                .Where(d => File.Exists(Path.Combine(d, "initdb"))).OrderByDescending(d => d, StringComparer.Ordinal).FirstOrDefault()
                ?? throw NotInstalled()
            : throw NotInstalled();

    private static InvalidOperationException NotInstalled() =>
        new("PostgreSQL is not installed. On Debian, as root: apt-get install postgresql");

    private void Administer(string sql)
    {
        using var command = _administration.CreateCommand(sql);
        command.ExecuteNonQuery();
    }

    /// <summary>Starts the server and reads its log to the line that says it is ready, and on, so that the log never fills the pipe.</summary>
    private static Process Serve(params string[] command)
    {
        var ready = new TaskCompletionSource<bool>();
        var log = new List<string>();
        var server = new Process { StartInfo = Quiet(command), EnableRaisingEvents = true };
        server.Exited += (_, _) => ready.TrySetResult(false);
        server.OutputDataReceived += (_, _) => { };
        server.ErrorDataReceived += (_, line) =>
        {
            if (ready.Task.IsCompleted)
            {
                return;
            }

            log.Add(line.Data ?? "");
            // "connections", or a standby's "read-only connections".
            if (log[^1].Contains("database system is ready to accept", StringComparison.Ordinal))
            {
                ready.TrySetResult(true);
            }
        };
        server.Start();
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        return ready.Task.Wait(Patience) && ready.Task.Result
            ? server
            : throw new InvalidOperationException("PostgreSQL did not start: " + string.Join('\n', log));
    }

    private sealed class Follower(Process process) : IDisposable
    {
        public void Dispose()
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }
    }

    private static string Run(params string[] command)
    {
        using var process = Process.Start(Quiet(command))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.Result
            : throw new InvalidOperationException($"{command[0]} {string.Join(' ', command.Skip(1))}: {errors.Result}");
    }

    private static ProcessStartInfo Quiet(string[] command) => new(command[0], command[1..])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = "/",
        Environment = { ["LC_ALL"] = "C.UTF-8" },
    };
}
