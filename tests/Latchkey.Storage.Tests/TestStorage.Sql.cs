using System.Text;
using Latchkey.Storage.Writes;
using Microsoft.Data.Sqlite;

namespace Latchkey.Storage.Tests;

/// <content>What is looked up and done behind the store's back.</content>
internal sealed partial class TestStorage
{
    /// <summary>A connection of nobody's, as another program would have.</summary>
    public SqliteConnection OpenRaw()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        return connection;
    }

    public long Number(string sql)
    {
        if (_postgres is not null)
        {
            return long.Parse(Cluster.Sql(_postgres, sql));
        }

        using var connection = OpenRaw();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Texts of these tests only.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>What PostgreSQL answers to these statements, a line per row.</summary>
    public string Text(string sql) => Cluster.Sql(_postgres ?? throw new InvalidOperationException("Not PostgreSQL."), sql);

    /// <summary>How many grants lie on each of three servers.</summary>
    public int[] Spread => SpreadGrants.Count(Cluster, _postgres!);

    /// <summary>From now on the grants lie on three servers.</summary>
    public void SpreadGrantsOut()
    {
        SpreadGrants.Move(Cluster, _postgres!);
        _drop = SpreadGrants.Drop;
    }

    public void SpreadGrantsOutAgain() => SpreadGrants.MoveAgain(Cluster, _postgres!);

    /// <summary>True while a write waits for another one to end.</summary>
    public bool SomebodyWaits => _postgres is null
        ? Get<WriteQueue>().Waiting > 0
        : Number("SELECT count(*) FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())") > 0;

    /// <summary>Everything the database keeps, as whoever copied it would read it.</summary>
    public async Task<string> CopyAsync()
    {
        await Services.DisposeAsync();
        return _postgres is null
            ? Encoding.Latin1.GetString(await System.IO.File.ReadAllBytesAsync(File))
            : Cluster.Dump(_postgres);
    }

    /// <summary>From now on no grant can be changed.</summary>
    public void BreakGrantUpdates() => Execute(_postgres is null
        ? "CREATE TRIGGER broken BEFORE UPDATE ON grants BEGIN SELECT RAISE(ABORT, 'trouble'); END"
        : """
          CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'trouble'; END $$;
          CREATE TRIGGER broken BEFORE UPDATE ON grants FOR EACH ROW EXECUTE FUNCTION broken();
          """);

    public void Execute(string sql)
    {
        if (_postgres is not null)
        {
            Cluster.Sql(_postgres, sql);
            return;
        }

        using var connection = OpenRaw();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Texts of these tests only.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
