using Latchkey.Storage.Audit;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Latchkey.Storage.Model;

/// <summary>Tables, keys and indexes, the same for every database.</summary>
internal static class LatchkeyModel
{
    public static void Configure(ModelBuilder builder)
    {
        Users(builder);
        Clients(builder);
        Grants(builder);
        Sessions(builder);
        Belongings(builder);

        Audit(builder);
        builder.Entity<TokenKeyRow>(key =>
        {
            key.ToTable("token_keys");
            key.Property(k => k.Id).ValueGeneratedNever();
        });
        SnakeCase.Apply(builder);
    }

    private static void Users(ModelBuilder builder)
    {
        builder.Entity<User>(user =>
        {
            user.ToTable("users");
            user.HasIndex(u => u.Uid).IsUnique();

            // Identity checks this in code alone, which two requests at once would pass.
            user.HasIndex(u => u.NormalizedEmail).IsUnique();
        });
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("user_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("user_logins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("user_tokens");
        builder.Entity<IdentityUserPasskey<Guid>>().ToTable("user_passkeys");
        builder.Entity<LoginFailureRow>(failure =>
        {
            failure.ToTable("login_failures");
            failure.HasKey(f => f.Source);
            failure.HasIndex(f => f.Until);
        });
        builder.Entity<CounterRow>(counter =>
        {
            counter.ToTable("counters");
            counter.HasKey(c => c.Name);
            counter.HasData(new CounterRow { Name = CounterRow.Uid, Value = 0 });
        });
    }

    private static void Clients(ModelBuilder builder)
    {
        builder.Entity<ClientRow>(client =>
        {
            client.ToTable("clients");
            client.Property(c => c.Version).IsConcurrencyToken();
            client.HasIndex(c => c.OwnerId);
        });
        builder.Entity<ConsentRow>(consent =>
        {
            consent.ToTable("consents");

            // Not unique by its place, which may be longer than what PostgreSQL takes into an index: management writes come one by one.
            consent.HasIndex(c => new { c.UserId, c.ClientId });
            consent.Property(c => c.Address).HasDefaultValue("");
            consent.Property(c => c.Resource).HasDefaultValue("");
            consent.HasIndex(c => c.ClientId);
            consent.HasOne<User>().WithMany().HasForeignKey(c => c.UserId).OnDelete(DeleteBehavior.Cascade);
            consent.HasOne<ClientRow>().WithMany().HasForeignKey(c => c.ClientId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<ClientThumbnailRow>(thumbnail =>
        {
            thumbnail.ToTable("client_thumbnails");
            thumbnail.HasKey(t => t.ClientId);
            thumbnail.HasOne<ClientRow>().WithOne().HasForeignKey<ClientThumbnailRow>(t => t.ClientId).OnDelete(DeleteBehavior.Cascade);
        });
    }

    private static void Grants(ModelBuilder builder)
    {
        // No foreign keys: a grant stays as evidence after its user or client is gone, and the insert checks both itself.
        builder.Entity<GrantRow>(grant =>
        {
            grant.ToTable("grants");
            grant.Property(g => g.Id).ValueGeneratedNever();
            grant.HasIndex(g => g.UserId);
            grant.HasIndex(g => g.ClientId);
        });
        builder.Entity<PersonalTokenRow>(token =>
        {
            token.ToTable("personal_tokens");
            token.HasIndex(t => t.UserId);
            token.HasIndex(t => t.GrantId).IsUnique();
            token.HasOne<User>().WithMany().HasForeignKey(t => t.UserId).OnDelete(DeleteBehavior.Cascade);
        });
    }

    private static void Sessions(ModelBuilder builder) => builder.Entity<SessionRow>(session =>
    {
        session.ToTable("sessions");
        session.Property(s => s.Id).ValueGeneratedNever();
        session.HasIndex(s => s.KeyHash).IsUnique();
        session.HasIndex(s => s.UserId);
        session.HasIndex(s => s.ExpiresAt);
        session.HasOne<User>().WithMany().HasForeignKey(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
    });

    private static void Audit(ModelBuilder builder) => builder.Entity<AuditEvent>(audit =>
    {
        audit.ToTable("audit_events");
        audit.Property(e => e.Id).ValueGeneratedOnAdd();

        // For the user's own lists, which name no grants: each login to an app writes one, and need not pay for these.
        audit.HasIndex(e => e.ActorId).HasFilter($"actor_id IS NOT NULL AND {AuditLog.NotOfAGrant}");
        audit.HasIndex(e => e.UserId).HasFilter($"user_id IS NOT NULL AND {AuditLog.NotOfAGrant}");
    });

    /// <summary>What users keep here and nothing else looks at; it goes with them.</summary>
    private static void Belongings(ModelBuilder builder)
    {
        builder.Entity<PreferencesRow>(preferences =>
        {
            preferences.ToTable("preferences");
            preferences.HasKey(p => p.UserId);
            preferences.HasOne<User>().WithOne().HasForeignKey<PreferencesRow>(p => p.UserId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<UserSettingsRow>(settings =>
        {
            settings.ToTable("user_settings");
            settings.HasKey(s => s.UserId);
            settings.HasOne<User>().WithOne().HasForeignKey<UserSettingsRow>(s => s.UserId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<ReadEventRow>(read =>
        {
            read.ToTable("read_events");
            read.HasKey(r => new { r.UserId, r.EventId });
            read.HasOne<User>().WithMany().HasForeignKey(r => r.UserId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<SshKeyRow>(key =>
        {
            key.ToTable("ssh_keys");
            key.HasIndex(k => k.UserId);
            key.HasOne<User>().WithMany().HasForeignKey(k => k.UserId).OnDelete(DeleteBehavior.Cascade);
        });
    }
}
