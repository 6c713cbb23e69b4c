using Latchkey.Core.Clients;
using Latchkey.Core.Consent;
using Latchkey.Protocol;
using Latchkey.Storage.Accounts;
using Latchkey.Storage.Grants;
using Latchkey.Storage.Model;
using Latchkey.Storage.Sessions;

namespace Latchkey.Storage.Sqlite;

internal sealed class SqlitePointReads(SqliteReaders readers) : IPointReads
{
    private const string ClientById = $"SELECT {PointReadColumns.Client} FROM clients WHERE id = ?1";

    private const string NamedGrantById =
        $"SELECT {GrantTable.Columns}, (SELECT user_name FROM users INDEXED BY ix_users_id_user_name WHERE users.id = grants.user_id) FROM grants WHERE id = ?1";

    private const string ConsentByPlace = "SELECT scopes FROM consents WHERE user_id = ?1 AND client_id = ?2 AND address = ?3 AND resource = ?4";

    private const string SessionByKey =
        $"SELECT {PointReadColumns.Session} FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.key_hash = ?1 AND s.expires_at > ?2";

    private const string UserById = $"SELECT {PointReadColumns.User} FROM users WHERE id = ?1";

    private const string AllTokenKeys = $"SELECT {PointReadColumns.TokenKey} FROM token_keys ORDER BY id";

    public ValueTask<ClientReading> ClientAsync(string id, long knownVersion, CancellationToken cancellationToken) =>
        new(readers.Read(ClientById, (id, knownVersion), static (statement, of) => FindClient(statement, of.id, of.knownVersion)));

    public ValueTask<(ClientReading Client, NamedGrant? Grant)> ClientAndGrantAsync(
        string id, long knownVersion, Guid grantId, CancellationToken cancellationToken) =>
        new(readers.ReadBoth(
            ClientById,
            NamedGrantById,
            (id, knownVersion, grantId),
            static (client, grant, of) => (FindClient(client, of.id, of.knownVersion), FindNamedGrant(grant, of.grantId))));

    public ValueTask<(ClientReading Client, ScopeSet? Consent)> ClientAndConsentAsync(
        string id, long knownVersion, Guid userId, ConsentPlace place, CancellationToken cancellationToken) =>
        new(readers.ReadBoth(
            ClientById,
            ConsentByPlace,
            (id, knownVersion, userId, place),
            static (client, consent, of) => (FindClient(client, of.id, of.knownVersion), FindConsent(consent, of.userId, of.id, of.place))));

    public ValueTask<ScopeSet?> ConsentAsync(Guid userId, string clientId, ConsentPlace place, CancellationToken cancellationToken) => new(readers.Read(
        ConsentByPlace, (userId, clientId, place), static (statement, of) => FindConsent(statement, of.userId, of.clientId, of.place)));

    public ValueTask<Session?> SessionAsync(byte[] keyHash, DateTimeOffset now, CancellationToken cancellationToken) =>
        new(readers.Read(SessionByKey, (keyHash, now), static (statement, of) =>
        {
            statement.Bind(1, of.keyHash);
            statement.Bind(2, of.now);
            return statement.Step() ? ReadSession(statement) : null;
        }));

    public ValueTask<UserProfile?> UserAsync(Guid id, CancellationToken cancellationToken) => new(readers.Read(UserById, id, static (statement, id) =>
    {
        statement.Bind(1, id);
        return statement.Step()
            ? new UserProfile
            {
                Id = id,
                Uid = statement.Int32(0),
                UserName = statement.Text(1),
                Email = statement.TextOrNull(2) ?? "",
                Disabled = statement.Boolean(3),
                Admin = statement.Boolean(4),
                Timezone = statement.Text(5),
                CreatedAt = statement.Time(6),
                EmailConfirmed = statement.Boolean(7),
                TwoFactorEnabled = statement.Boolean(8),
            }
            : null;
    }));

    public IReadOnlyList<TokenKeyRow> TokenKeys() => readers.Read(AllTokenKeys, 0, static (statement, _) =>
    {
        var keys = new List<TokenKeyRow>();
        while (statement.Step())
        {
            keys.Add(new TokenKeyRow { Id = statement.Int64(0), Wrapped = statement.Bytes(1), ActivatedAt = statement.Time(2) });
        }

        return keys;
    });

    private static ClientReading FindClient(Statement statement, string id, long knownVersion)
    {
        statement.Bind(1, id);
        return !statement.Step() ? default
            : statement.Int64(0) == knownVersion ? new ClientReading(null, Unchanged: true)
            : new ClientReading(ReadClient(statement, id), Unchanged: false);
    }

    private static NamedGrant? FindNamedGrant(Statement statement, Guid id)
    {
        statement.Bind(1, id);
        return statement.Step() ? new NamedGrant(GrantColumns.Read(statement), statement.TextOrNull(GrantTable.ColumnCount)) : null;
    }

    private static ScopeSet? FindConsent(Statement statement, Guid userId, string clientId, ConsentPlace place)
    {
        statement.Bind(1, userId);
        statement.Bind(2, clientId);
        statement.Bind(3, place.Address);
        statement.Bind(4, place.Resource);
        return statement.Step() ? KnownScopes.Of(statement.Text(0)) : default(ScopeSet?);
    }

    private static ClientRow ReadClient(Statement row, string id) => new()
    {
        Id = id,
        Version = row.Int64(0),
        Label = row.Text(1),
        RedirectUris = row.Text(2),
        Public = row.Boolean(3),
        SecretHash = row.IsNull(4) ? null : row.Bytes(4),
        Status = (ClientStatus)row.Int32(5),
        Compatibility = (Compatibility)row.Int32(6),
        PkceOptional = row.Boolean(7),
        Trusted = row.Boolean(8),
        Api = row.Boolean(9),
        Resource = row.TextOrNull(10),
        AllowedScopes = row.Text(11),
        Grants = row.Text(12),
        OwnerId = row.GuidOrNull(13),
        CreatedAt = row.Time(14),
    };

    private static Session ReadSession(Statement row) => new()
    {
        Id = row.Guid(0),
        UserId = row.Guid(1),
        UserName = row.Text(2),
        CreatedAt = row.Time(3),
        LastSeenAt = row.Time(4),
        ExpiresAt = row.Time(5),
        Ip = row.TextOrNull(6),
        UserAgent = row.TextOrNull(7),
    };
}
