using Latchkey.Core.Grants;
using Latchkey.Protocol;
using Latchkey.Storage.Grants;

namespace Latchkey.Storage.Sqlite;

/// <summary>Grants as SQLite keeps them, in the order of <see cref="GrantTable.Columns"/>.</summary>
internal static class GrantColumns
{
    public static Grant Read(Statement row) => new()
    {
        Id = row.Guid(0),
        ClientId = row.TextOrNull(1),
        UserId = row.Guid(2),
        Scopes = KnownScopes.Of(row.Text(3)),
        SessionId = row.GuidOrNull(4),
        Resource = row.TextOrNull(5),
        State = (GrantState)row.Int32(6),
        Generation = row.Int32(7),
        RotatedAt = row.TimeOrNull(8),
        RedirectUri = row.TextOrNull(9),
        CodeChallenge = CodeChallenge.TryParse(row.TextOrNull(10), out var challenge) ? challenge : null,
        Nonce = row.TextOrNull(11),
        Refreshable = row.Boolean(12),
        CreatedAt = row.Time(13),
        CodeExpiresAt = row.TimeOrNull(14),
        ExpiresAt = row.TimeOrNull(15),
        RevokedAt = row.TimeOrNull(16),
        RevokedWhy = row.IsNull(17) ? null : (RevocationReason)row.Int32(17),
    };

    /// <summary>Binds parameters 1 to 18.</summary>
    public static void Bind(Statement statement, Grant grant)
    {
        statement.Bind(1, grant.Id);
        statement.Bind(2, grant.ClientId);
        statement.Bind(3, grant.UserId);
        statement.Bind(4, grant.Scopes.ToString());
        statement.Bind(5, grant.SessionId);
        statement.Bind(6, grant.Resource);
        statement.Bind(7, (int)grant.State);
        statement.Bind(8, grant.Generation);
        statement.Bind(9, grant.RotatedAt);
        statement.Bind(10, grant.RedirectUri);
        statement.Bind(11, grant.CodeChallenge?.Text);
        statement.Bind(12, grant.Nonce);
        statement.Bind(13, grant.Refreshable ? 1 : 0);
        statement.Bind(14, grant.CreatedAt);
        statement.Bind(15, grant.CodeExpiresAt);
        statement.Bind(16, grant.ExpiresAt);
        statement.Bind(17, grant.RevokedAt);
        if (grant.RevokedWhy is { } why)
        {
            statement.Bind(18, (int)why);
        }
        else
        {
            statement.Bind(18, (string?)null);
        }
    }
}
