using Latchkey.Core.Clients;
using Latchkey.Core.Consent;
using Latchkey.Protocol;
using Latchkey.Storage.Accounts;
using Latchkey.Storage.Grants;
using Latchkey.Storage.Model;
using Latchkey.Storage.Sessions;
using Npgsql;
using NpgsqlTypes;

namespace Latchkey.Storage.Postgres;

internal sealed class PostgresPointReads(PostgresReaders readers) : IPointReads
{
    private const string ClientById = $"SELECT {PointReadColumns.Client} FROM clients WHERE id = $1";

    // Finds one row by the key of one partition.
    internal const string GrantWithVersion =
        $"""
        SELECT {GrantTable.Columns}, (SELECT user_name FROM users WHERE users.id = grants.user_id), (SELECT version FROM clients WHERE id = $2)
        FROM grants WHERE id = $1
        """;

    private const string ConsentByPlace =
        "SELECT scopes FROM consents WHERE client_id = $1 AND user_id = $2 AND address = $3 AND resource = $4";

    private const string ConsentWithVersion = $"SELECT version, ({ConsentByPlace}) FROM clients WHERE id = $1";

    private const string SessionByKey =
        $"SELECT {PointReadColumns.Session} FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.key_hash = $1 AND s.expires_at > $2";

    private const string UserById = $"SELECT {PointReadColumns.User} FROM users WHERE id = $1";

    private const string AllTokenKeys = $"SELECT {PointReadColumns.TokenKey} FROM token_keys ORDER BY id";

    public ValueTask<ClientReading> ClientAsync(string id, long knownVersion, CancellationToken cancellationToken) => readers.ReadAsync(
        ClientById,
        parameters => parameters.AddText(id),
        row => Compare(row, id, knownVersion),
        cancellationToken);

    public async ValueTask<(ClientReading Client, NamedGrant? Grant)> ClientAndGrantAsync(
        string id, long knownVersion, Guid grantId, CancellationToken cancellationToken)
    {
        var (grant, version) = await readers.ReadAsync(
            GrantWithVersion,
            parameters =>
            {
                parameters.AddId(grantId);
                parameters.AddText(id);
            },
            ReadWithVersion,
            cancellationToken);
        return (await ClientAsync(id, knownVersion, version, cancellationToken), grant);
    }

    public async ValueTask<(ClientReading Client, ScopeSet? Consent)> ClientAndConsentAsync(
        string id, long knownVersion, Guid userId, ConsentPlace place, CancellationToken cancellationToken)
    {
        var (version, scopes) = await readers.ReadAsync(
            ConsentWithVersion,
            parameters => AddConsent(parameters, userId, id, place),
            row => ((long?)row.GetInt64(0), row.TextOrNull(1)),
            cancellationToken);
        return (await ClientAsync(id, knownVersion, version, cancellationToken), scopes is null ? default(ScopeSet?) : KnownScopes.Of(scopes));
    }

    public ValueTask<ScopeSet?> ConsentAsync(Guid userId, string clientId, ConsentPlace place, CancellationToken cancellationToken) => readers.ReadAsync(
        ConsentByPlace,
        parameters => AddConsent(parameters, userId, clientId, place),
        row => (ScopeSet?)KnownScopes.Of(row.GetString(0)),
        cancellationToken);

    public ValueTask<Session?> SessionAsync(byte[] keyHash, DateTimeOffset now, CancellationToken cancellationToken) => readers.ReadAsync(
        SessionByKey,
        parameters =>
        {
            parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = keyHash, NpgsqlDbType = NpgsqlDbType.Bytea });
            parameters.AddTime(now);
        },
        ReadSession,
        cancellationToken);

    public ValueTask<UserProfile?> UserAsync(Guid id, CancellationToken cancellationToken) => readers.ReadAsync(
        UserById,
        parameters => parameters.AddId(id),
        row => new UserProfile
        {
            Id = id,
            Uid = row.GetInt32(0),
            UserName = row.GetString(1),
            Email = row.TextOrNull(2) ?? "",
            Disabled = row.GetBoolean(3),
            Admin = row.GetBoolean(4),
            Timezone = row.GetString(5),
            CreatedAt = row.GetFieldValue<DateTimeOffset>(6),
            EmailConfirmed = row.GetBoolean(7),
            TwoFactorEnabled = row.GetBoolean(8),
        },
        cancellationToken);

    public IReadOnlyList<TokenKeyRow> TokenKeys() => readers.ReadAll(AllTokenKeys, row => new TokenKeyRow
    {
        Id = row.GetInt64(0),
        Wrapped = row.GetFieldValue<byte[]>(1),
        ActivatedAt = row.GetFieldValue<DateTimeOffset>(2),
    });

    // Most of the time the client is known and has not changed: then the statement that brought its version was all that was
    // needed, and a statement costs more than a row.
    private ValueTask<ClientReading> ClientAsync(string id, long knownVersion, long? version, CancellationToken cancellationToken) =>
        version == knownVersion ? new(new ClientReading(null, Unchanged: true)) : ClientAsync(id, knownVersion, cancellationToken);

    private static void AddConsent(NpgsqlParameterCollection parameters, Guid userId, string clientId, ConsentPlace place)
    {
        parameters.AddText(clientId);
        parameters.AddId(userId);
        parameters.AddText(place.Address);
        parameters.AddText(place.Resource);
    }

    private static ClientReading Compare(NpgsqlDataReader row, string id, long knownVersion) =>
        row.GetInt64(0) == knownVersion ? new ClientReading(null, Unchanged: true) : new ClientReading(ReadClient(row, id), Unchanged: false);

    private static (NamedGrant? Grant, long? Version) ReadWithVersion(NpgsqlDataReader row) => (
        new NamedGrant(GrantRecord.Read(row), row.TextOrNull(GrantTable.ColumnCount)),
        row.IsDBNull(GrantTable.ColumnCount + 1) ? null : row.GetInt64(GrantTable.ColumnCount + 1));

    private static ClientRow ReadClient(NpgsqlDataReader row, string id) => new()
    {
        Id = id,
        Version = row.GetInt64(0),
        Label = row.GetString(1),
        RedirectUris = row.GetString(2),
        Public = row.GetBoolean(3),
        SecretHash = row.IsDBNull(4) ? null : row.GetFieldValue<byte[]>(4),
        Status = (ClientStatus)row.GetInt32(5),
        Compatibility = (Compatibility)row.GetInt32(6),
        PkceOptional = row.GetBoolean(7),
        Trusted = row.GetBoolean(8),
        Api = row.GetBoolean(9),
        Resource = row.TextOrNull(10),
        AllowedScopes = row.GetString(11),
        Grants = row.GetString(12),
        OwnerId = row.IsDBNull(13) ? null : row.GetGuid(13),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(14),
    };

    private static Session ReadSession(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        UserId = row.GetGuid(1),
        UserName = row.GetString(2),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(3),
        LastSeenAt = row.GetFieldValue<DateTimeOffset>(4),
        ExpiresAt = row.GetFieldValue<DateTimeOffset>(5),
        Ip = row.TextOrNull(6),
        UserAgent = row.TextOrNull(7),
    };
}
