using Latchkey.Core.Grants;
using Latchkey.Protocol;
using Latchkey.Storage.Grants;
using Npgsql;

namespace Latchkey.Storage.Postgres;

/// <summary>Grants as PostgreSQL keeps them, in the order of <see cref="GrantTable.Columns"/>.</summary>
internal static class GrantRecord
{
    public static Grant Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetGuid(0),
        ClientId = row.TextOrNull(1),
        UserId = row.GetGuid(2),
        Scopes = KnownScopes.Of(row.GetString(3)),
        SessionId = row.IsDBNull(4) ? null : row.GetGuid(4),
        Resource = row.TextOrNull(5),
        State = (GrantState)row.GetInt32(6),
        Generation = row.GetInt32(7),
        RotatedAt = Time(row, 8),
        RedirectUri = row.TextOrNull(9),
        CodeChallenge = CodeChallenge.TryParse(row.TextOrNull(10), out var challenge) ? challenge : null,
        Nonce = row.TextOrNull(11),
        Refreshable = row.GetBoolean(12),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(13),
        CodeExpiresAt = Time(row, 14),
        ExpiresAt = Time(row, 15),
        RevokedAt = Time(row, 16),
        RevokedWhy = row.IsDBNull(17) ? null : (RevocationReason)row.GetInt32(17),
    };

    /// <summary>Adds parameters 1 to 18.</summary>
    public static void Bind(NpgsqlParameterCollection parameters, Grant grant)
    {
        parameters.AddId(grant.Id);
        parameters.AddText(grant.ClientId);
        parameters.AddId(grant.UserId);
        parameters.AddText(grant.Scopes.ToString());
        parameters.AddId(grant.SessionId);
        parameters.AddText(grant.Resource);
        parameters.AddNumber((int)grant.State);
        parameters.AddNumber(grant.Generation);
        parameters.AddTime(grant.RotatedAt);
        parameters.AddText(grant.RedirectUri);
        parameters.AddText(grant.CodeChallenge?.Text);
        parameters.AddText(grant.Nonce);
        parameters.Add(new NpgsqlParameter<bool> { TypedValue = grant.Refreshable });
        parameters.AddTime(grant.CreatedAt);
        parameters.AddTime(grant.CodeExpiresAt);
        parameters.AddTime(grant.ExpiresAt);
        parameters.AddTime(grant.RevokedAt);
        parameters.AddNumber((int?)grant.RevokedWhy);
    }

    private static DateTimeOffset? Time(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
