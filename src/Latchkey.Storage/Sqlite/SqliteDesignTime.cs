using Latchkey.Storage.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Latchkey.Storage.Sqlite;

/// <summary>For <c>dotnet ef migrations add</c>, which needs the model and no database.</summary>
internal sealed class SqliteDesignTime : IDesignTimeDbContextFactory<SqliteDbContext>
{
    public SqliteDbContext CreateDbContext(string[] args)
    {
        // Identity asks the application for the version of its schema.
        var services = new ServiceCollection();
        services.AddAccounts();
        var options = new DbContextOptionsBuilder<SqliteDbContext>().UseSqlite().UseApplicationServiceProvider(services.BuildServiceProvider());
        return new SqliteDbContext(options.Options, queue: null, new SqliteSyncs(), Options.Create(new StorageOptions()));
    }
}
