using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Latchkey.CloudApi.Storage;

/// <summary>Lets <c>dotnet ef migrations add</c> read the model without a host.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<CloudContext>
{
    public CloudContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<CloudContext>().UseSqlite("Data Source=design-time.db").Options);
}
