namespace Latchkey.Storage.Grants;

/// <summary>The grant table as the hand-written statements of every database see it.</summary>
internal static class GrantTable
{
    /// <summary>In the one order in which they are read and written.</summary>
    public const string Columns =
        "id, client_id, user_id, scopes, session_id, resource, state, generation, rotated_at, redirect_uri, code_challenge, nonce, "
        + "refreshable, created_at, code_expires_at, expires_at, revoked_at, revoked_why";

    /// <summary>How many they are; what a statement reads beside them comes after.</summary>
    public const int ColumnCount = 18;
}
