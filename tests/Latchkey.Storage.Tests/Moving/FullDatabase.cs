using System.Text.Json;
using Latchkey.Core.Grants;
using Latchkey.Protocol;
using Latchkey.Storage.Audit;
using Latchkey.Storage.Model;
using Latchkey.Storage.Postgres;
using Latchkey.Storage.Sessions;
using Latchkey.Storage.Sqlite;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Latchkey.Storage.Tests.Moving;

/// <summary>A SQLite database with something in every table, and everything in a database as Entity Framework reads it.</summary>
internal static class FullDatabase
{
    public static async Task<TestStorage> CreateAsync()
    {
        var storage = await TestStorage.CreateAsync();
        var user = await storage.AddUserAsync();
        var other = await storage.AddUserAsync("bea");
        var client = await storage.AddClientAsync("A \\ label\twith \"everything\" in it: ☂ 𝒳 \uE000");
        var now = storage.Clock.GetUtcNow();
        var grant = await storage.InsertAsync(user, client.Id);
        await storage.Grants.ApplyAsync(new GrantWrite.Redeem(grant.Id, now, now.AddDays(1)));
        await storage.InsertAsync(other, client.Id);
        await storage.Sessions.CreateAsync(new NewSession(Guid.CreateVersion7(now), user, now.AddHours(1), "127.0.0.1", "Test"));
        await storage.PersonalTokens.CreateAsync(Personal(storage, user), "CI", new PersonalAccessToken("lkp0123456789abcdef0123456789abcdef"));
        await storage.Writes.RunAsync(async (db, ct) =>
        {
            db.AddRange(Belongings(user, client.Id, now));
            (await db.Users.SingleAsync(u => u.Id == other, ct)).LockoutEnd = DateTimeOffset.MaxValue;
            await db.SaveChangesAsync(ct);
        });
        return storage;
    }

    /// <summary>Every entity of every kind in its own words: independent of how a move reads and writes.</summary>
    public static async Task<SortedDictionary<string, List<string>>> ReadAsync(TestStorage storage, bool postgres)
    {
        await using LatchkeyDbContext db = postgres ? storage.Get<Func<PostgresDbContext>>()() : storage.Get<Func<SqliteDbContext>>()();
        var all = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var entity in db.Model.GetEntityTypes().Where(e => !e.IsOwned() && e.ClrType != typeof(KeyRingRow)))
        {
            var rows = (IEnumerable<object>)typeof(FullDatabase).GetMethod(nameof(Rows))!.MakeGenericMethod(entity.ClrType).Invoke(null, [db])!;
            all.Add(entity.GetTableName()!, [.. rows.Select(r => JsonSerializer.Serialize(r)).Order(StringComparer.Ordinal)]);
        }

        return all;
    }

    public static List<T> Rows<T>(DbContext db)
        where T : class => [.. db.Set<T>().AsNoTracking()];

    public static Grant Personal(TestStorage storage, Guid user) => storage.NewGrant(user, client: null) with
    {
        State = GrantState.Active,
        Generation = 1,
        RotatedAt = storage.Clock.GetUtcNow(),
        RedirectUri = null,
        CodeExpiresAt = null,
        Refreshable = false,
        ExpiresAt = storage.Clock.GetUtcNow().AddDays(30),
    };

    // An id with bytes on both sides of 128: sorted as signed numbers, or as text, they would come otherwise.
    private static IEnumerable<object> Belongings(Guid user, string client, DateTimeOffset now) =>
    [
        new ConsentRow { UserId = user, ClientId = client, Address = "https://app.example/cb", Resource = "", Scopes = "linodes:read_only", CreatedAt = now, UpdatedAt = now },
        new ClientThumbnailRow { ClientId = client, Png = [0, 255, 1] },
        new PreferencesRow { UserId = user, Json = "{\"b\":1, \"a\":null}" },
        new UserSettingsRow { UserId = user, Contact = "{}", EventsSeenTo = 7 },
        new ReadEventRow { UserId = user, EventId = 300 },
        new ReadEventRow { UserId = user, EventId = 2 },
        new SshKeyRow { UserId = user, Label = "mine", Key = "ssh-ed25519 AAAA", CreatedAt = now },
        new IdentityUserClaim<Guid> { UserId = user, ClaimType = "kind", ClaimValue = null },
        new IdentityUserLogin<Guid> { UserId = user, LoginProvider = "p", ProviderKey = "\uE000" },
        new IdentityUserLogin<Guid> { UserId = user, LoginProvider = "p", ProviderKey = "𝒳" },
        new IdentityUserLogin<Guid> { UserId = user, LoginProvider = "p", ProviderKey = "k" },
        new IdentityUserToken<Guid> { UserId = user, LoginProvider = "p", Name = "n", Value = "v" },
        Passkey(user, now, 1),
        Passkey(user, now, 200),
        new LoginFailureRow { Source = "peer ::1", Failures = 3, Until = now.AddMinutes(1) },
        new AuditEvent { Time = now, Kind = AuditKinds.KeyRotated },
    ];

    private static IdentityUserPasskey<Guid> Passkey(Guid user, DateTimeOffset now, byte first) => new()
    {
        UserId = user,
        CredentialId = [first, 2],
        Data = new IdentityPasskeyData
        {
            Name = "key\"",
            CreatedAt = now,
            PublicKey = [1, 2],
            AttestationObject = [3],
            ClientDataJson = [4],
            SignCount = 9,
            Transports = ["usb", "nfc"],
            IsUserVerified = true,
        },
    };
}
