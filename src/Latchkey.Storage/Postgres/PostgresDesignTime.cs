using Latchkey.Storage.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Latchkey.Storage.Postgres;

/// <summary>For <c>dotnet ef migrations add</c>, which needs the model and no database.</summary>
internal sealed class PostgresDesignTime : IDesignTimeDbContextFactory<PostgresDbContext>
{
    public PostgresDbContext CreateDbContext(string[] args)
    {
        // Identity asks the application for the version of its schema.
        var services = new ServiceCollection();
        services.AddAccounts();
        var options = new DbContextOptionsBuilder<PostgresDbContext>().UseNpgsql().UseApplicationServiceProvider(services.BuildServiceProvider());
        return new PostgresDbContext(options.Options, queue: null, Options.Create(new StorageOptions()));
    }
}
