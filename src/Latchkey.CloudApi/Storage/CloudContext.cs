using Latchkey.CloudApi.Linodes.Instances;
using Latchkey.CloudApi.Linodes.StackScripts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Latchkey.CloudApi.Storage;

/// <summary>What the simulated cloud keeps: its users' Linodes and StackScripts, each under the <c>sub</c> of its owner.</summary>
internal sealed class CloudContext(DbContextOptions<CloudContext> options) : DbContext(options)
{
    public DbSet<StoredInstance> Instances => Set<StoredInstance>();

    public DbSet<StoredStackScript> StackScripts => Set<StoredStackScript>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<StoredInstance>(instance =>
        {
            instance.Property(i => i.Id).ValueGeneratedOnAdd();
            instance.HasIndex(i => new { i.Owner, i.Label }).IsUnique();
            instance.HasIndex(i => i.AddressSlot).IsUnique();
            instance.ComplexProperty(i => i.Alerts);
        });
        modelBuilder.Entity<StoredStackScript>(script =>
        {
            script.Property(s => s.Id).ValueGeneratedOnAdd();
            script.HasIndex(s => s.Owner);
        });
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();

    // SQLite has no type for a point in time; milliseconds sort and compare as they should.
    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        time => time.ToUnixTimeMilliseconds(), milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}
