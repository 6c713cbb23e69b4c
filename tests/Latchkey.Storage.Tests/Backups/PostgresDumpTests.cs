using Latchkey.Storage.Backups;

namespace Latchkey.Storage.Tests.Backups;

public sealed class PostgresDumpTests
{
    [Fact]
    public async Task Pg_dump_finds_what_the_connection_string_names()
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Postgres);
        var options = storage.Get<Microsoft.Extensions.Options.IOptions<StorageOptions>>().Value;
        var host = PostgresCluster.Instance.Host;

        var dump = await PostgresDump.OfAsync(new StorageOptions { Database = options.Database + ";Port=5432;Password=opensesame;Passfile=/my/pass;SSL Mode=Disable" });

        Assert.Null(dump.Schema);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["PGHOST"] = host,
                ["PGPORT"] = "5432",
                ["PGUSER"] = "latchkey",
                ["PGDATABASE"] = options.Database!.Split("Database=")[1].Split(';')[0],
                ["PGPASSWORD"] = "opensesame",
                ["PGPASSFILE"] = "/my/pass",
                ["PGSSLMODE"] = "disable",
            },
            dump.Environment);
    }

    [Fact]
    public async Task Of_several_hosts_each_keeps_its_port_and_the_schema_is_named()
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Postgres);
        var options = storage.Get<Microsoft.Extensions.Options.IOptions<StorageOptions>>().Value;
        var host = PostgresCluster.Instance.Host;

        var dump = await PostgresDump.OfAsync(new StorageOptions
        {
            Database = options.Database!.Replace($"Host={host}", $"Host=127.0.0.1:1,{host};Search Path=public;Target Session Attributes=primary;SSL Mode=Prefer"),
        });

        Assert.Equal("public", dump.Schema);
        Assert.Equal(($"127.0.0.1,{host}", "1,5432", "primary"), (dump.Environment["PGHOST"], dump.Environment["PGPORT"], dump.Environment["PGTARGETSESSIONATTRS"]));
    }

    [Theory]
    [InlineData("public", "nobodys,public")]
    [InlineData("public", "\"$user\",public")]
    [InlineData("Login", "\"Login\"")]
    public async Task The_schema_is_the_one_in_use_as_its_name_is_written(string schema, string searchPath)
    {
        await using var storage = await TestStorage.CreateAsync(Engine.Postgres);
        var options = storage.Get<Microsoft.Extensions.Options.IOptions<StorageOptions>>().Value;
        if (schema != "public")
        {
            storage.Text($"ALTER SCHEMA public RENAME TO \"{schema}\"");
        }

        var dump = await PostgresDump.OfAsync(new StorageOptions { Database = $"{options.Database};Search Path='{searchPath}'" });

        Assert.Equal(schema, dump.Schema);
    }

    [Fact]
    public async Task A_dump_that_would_leave_grants_out_is_refused()
    {
        await using var storage = await TestStorage.CreateAsync(Engine.SpreadPostgres);
        var options = storage.Get<Microsoft.Extensions.Options.IOptions<StorageOptions>>().Value;

        var refused = await Assert.ThrowsAsync<StartupException>(() => PostgresDump.OfAsync(options));

        Assert.Contains("grants_b, grants_c", refused.Message, StringComparison.Ordinal);
    }
}
