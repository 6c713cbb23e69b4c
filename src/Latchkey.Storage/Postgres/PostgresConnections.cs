using Microsoft.Extensions.Options;
using Npgsql;

namespace Latchkey.Storage.Postgres;

/// <summary>The pool of connections to the one database that all nodes share.</summary>
internal sealed class PostgresConnections : IAsyncDisposable, IDisposable
{
    private const string TargetSession = "Target Session Attributes";
    private const int MostConnections = 40;

    // The other direction of TCP's keepalive: a node that vanishes in the middle of sending a batch holds what the batch has locked
    // until the database gives the connection up. Where the operator has said when, that counts. Said on each connection and not in
    // its Options, which a pooler refuses. And that no standby confirmed a commit is told as a warning, which has to be sent.
    private const string Greeting = """
        SELECT current_setting('transaction_read_only')::bool, count(set_config(name, value, false))
        FROM (VALUES ('tcp_keepalives_idle', '10'), ('tcp_keepalives_interval', '5'), ('tcp_keepalives_count', '3'), ('client_min_messages', 'warning'))
            AS wanted (name, value)
        JOIN pg_settings USING (name)
        WHERE CASE name WHEN 'client_min_messages' THEN setting = 'error' ELSE source = 'default' END
        """;

    private readonly Lazy<NpgsqlConnectionStringBuilder> _settings;
    private readonly Lazy<NpgsqlDataSource> _pools;
    private readonly Lazy<NpgsqlDataSource> _source;

    public PostgresConnections(IOptions<StorageOptions> options)
    {
        Options = options.Value;
        _settings = new Lazy<NpgsqlConnectionStringBuilder>(() => Read(Options.Database));
        _pools = new Lazy<NpgsqlDataSource>(Open);
        _source = new Lazy<NpgsqlDataSource>(() => _pools.Value is NpgsqlMultiHostDataSource hosts
            ? hosts.WithTargetSession(Target)
            : _pools.Value);
    }

    public StorageOptions Options { get; }

    /// <exception cref="StartupException">The connection string cannot be read.</exception>
    public NpgsqlConnectionStringBuilder Settings => _settings.Value;

    /// <exception cref="StartupException">The connection string cannot be read.</exception>
    public NpgsqlDataSource Source => _source.Value;

    /// <summary>
    /// True when one host is named, which has to take writes: the driver chooses among several hosts, and takes one as it is.
    /// </summary>
    public bool MustWrite => IsOne && Target is TargetSessionAttributes.ReadWrite or TargetSessionAttributes.Primary;

    private bool IsOne => !Settings.Host!.Contains(',');

    private TargetSessionAttributes Target =>
        Enum.Parse<TargetSessionAttributes>(Settings.TargetSessionAttributes!.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);

    /// <summary>A connection that nobody else gets, to whatever server is there: what it sets and locks ends with it.</summary>
    public NpgsqlConnection Apart(Action<NpgsqlConnectionStringBuilder>? change = null)
    {
        var settings = ForDriver();
        settings.Pooling = false;
        change?.Invoke(settings);
        return new NpgsqlConnection(settings.ConnectionString);
    }

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

        // A database that vanishes without a word is noticed within a minute and a half, not when TCP gives up after hours. In
        // seconds; how often it asks again is the machine's to say, nine times on Linux. A socket of this machine refuses to.
        Default(settings, "Tcp Keepalive", true);
        if (settings.TcpKeepAlive && !settings.Host.Split(',').Any(h => h.TrimStart().StartsWith('/')))
        {
            Default(settings, "Tcp Keepalive Time", 10);
            Default(settings, "Tcp Keepalive Interval", 5);
        }

        Default(settings, "Enlist", false);
        settings.IncludeErrorDetail = false;

        // The host that takes writes; a standby would refuse them, and show what is past.
        Default(settings, TargetSession, "read-write");
        return settings;
    }

    // The driver knows the attribute only where it has a choice.
    private NpgsqlConnectionStringBuilder ForDriver()
    {
        var settings = new NpgsqlConnectionStringBuilder(Settings.ConnectionString);
        if (IsOne)
        {
            settings.TargetSessionAttributes = null;
        }

        return settings;
    }

    private NpgsqlDataSource Open()
    {
        var pools = new NpgsqlDataSourceBuilder(ForDriver().ConnectionString);
        pools.UsePhysicalConnectionInitializer(Greet, GreetAsync);
        if (IsOne)
        {
            return pools.Build();
        }

        // The driver's data source takes the attribute apart from the connection string, its connections take it within.
        pools.ConnectionStringBuilder.TargetSessionAttributes = null;
        return pools.BuildMultiHost();
    }

    private void Greet(NpgsqlConnection connection)
    {
        using var greeting = new NpgsqlCommand(Greeting, connection);
        RefuseStandby(readOnly: (bool)greeting.ExecuteScalar()!);
    }

    private async Task GreetAsync(NpgsqlConnection connection)
    {
        await using var greeting = new NpgsqlCommand(Greeting, connection);
        RefuseStandby(readOnly: (bool)(await greeting.ExecuteScalarAsync())!);
    }

    private void RefuseStandby(bool readOnly)
    {
        if (readOnly && MustWrite)
        {
            throw new NpgsqlException(PostgresRefusals.ReadOnly(Settings));
        }
    }

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
