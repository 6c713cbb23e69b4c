using Microsoft.Extensions.Options;
using Npgsql;

namespace Latchkey.Storage.Postgres;

/// <summary>The pool of connections to the one database that all nodes share.</summary>
internal sealed class PostgresConnections : IAsyncDisposable, IDisposable
{
    private const string TargetSession = "Target Session Attributes";
    private const int MostConnections = 40;

    private readonly Lazy<NpgsqlConnectionStringBuilder> _settings;
    private readonly Lazy<NpgsqlDataSource> _pools;
    private readonly Lazy<NpgsqlDataSource> _source;

    public PostgresConnections(IOptions<StorageOptions> options)
    {
        Options = options.Value;
        _settings = new Lazy<NpgsqlConnectionStringBuilder>(() => Read(Options.Database));
        _pools = new Lazy<NpgsqlDataSource>(() => Open(Settings));
        _source = new Lazy<NpgsqlDataSource>(() => _pools.Value is NpgsqlMultiHostDataSource hosts
            ? hosts.WithTargetSession(Target(Settings))
            : _pools.Value);
    }

    public StorageOptions Options { get; }

    /// <exception cref="StartupException">The connection string cannot be read.</exception>
    public NpgsqlConnectionStringBuilder Settings => _settings.Value;

    /// <exception cref="StartupException">The connection string cannot be read.</exception>
    public NpgsqlDataSource Source => _source.Value;

    /// <summary>A connection that nobody else gets: what it sets and locks ends with it.</summary>
    public NpgsqlConnection Apart() => new(new NpgsqlConnectionStringBuilder(Settings.ConnectionString) { Pooling = false }.ConnectionString);

    public void Dispose()
    {
        if (_pools.IsValueCreated)
        {
            _pools.Value.Dispose();
        }
    }

    public ValueTask DisposeAsync() => _pools.IsValueCreated ? _pools.Value.DisposeAsync() : ValueTask.CompletedTask;

    // What the operator wrote counts; the rest is what a server that answers people wants.
    private static NpgsqlConnectionStringBuilder Read(string? text)
    {
        NpgsqlConnectionStringBuilder settings;
        try
        {
            settings = new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException)
        {
            throw Unreadable();
        }

        if (string.IsNullOrEmpty(settings.Host) || settings.Port is < 1 or > ushort.MaxValue)
        {
            throw Unreadable();
        }

        Default(settings, "Application Name", "latchkey");
        Default(settings, "Max Auto Prepare", 64);
        Default(settings, "Auto Prepare Min Usages", 2);
        Default(settings, "Timeout", 5);
        Default(settings, "Command Timeout", 10);

        // PostgreSQL lets in 100 when nothing else is said (max_connections): two nodes and an operator.
        Default(settings, "Maximum Pool Size", Math.Max(MostConnections, settings.MinPoolSize));

        // Nothing here leaves a setting behind on a connection, so none has to be put back.
        Default(settings, "No Reset On Close", true);

        // A database that vanishes without a word is noticed within seconds, not when TCP gives up.
        Default(settings, "Tcp Keepalive", true);
        Default(settings, "Enlist", false);
        settings.IncludeErrorDetail = false;

        // Of several hosts, the one that takes writes; a standby would refuse them, and show what is past.
        if (settings.Host.Contains(','))
        {
            Default(settings, TargetSession, "read-write");
        }

        return settings;
    }

    // The driver's data source takes the attribute apart from the connection string, its connections take it within.
    private static NpgsqlDataSource Open(NpgsqlConnectionStringBuilder settings)
    {
        if (settings.TargetSessionAttributes is null)
        {
            return NpgsqlDataSource.Create(settings);
        }

        var hosts = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        hosts.ConnectionStringBuilder.TargetSessionAttributes = null;
        return hosts.BuildMultiHost();
    }

    private static TargetSessionAttributes Target(NpgsqlConnectionStringBuilder settings) =>
        Enum.Parse<TargetSessionAttributes>((settings.TargetSessionAttributes ?? "any").Replace("-", "", StringComparison.Ordinal), ignoreCase: true);

    // What is wrong with it is not repeated: the string holds a password.
    private static StartupException Unreadable() => new(
        "The connection string (--database) cannot be read. Write it as: Host=db.example.com;Database=latchkey;Username=latchkey;Password=…");

    private static void Default(NpgsqlConnectionStringBuilder settings, string keyword, object value)
    {
        if (!settings.ShouldSerialize(keyword))
        {
            settings[keyword] = value;
        }
    }
}
