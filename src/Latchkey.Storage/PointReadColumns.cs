namespace Latchkey.Storage;

/// <summary>What the point reads of every database ask for, in the one order in which they are read.</summary>
internal static class PointReadColumns
{
    public const string Client =
        "version, label, redirect_uris, public, secret_hash, status, compatibility, pkce_optional, trusted, api, resource, "
        + "allowed_scopes, grants, owner_id, created_at";

    /// <summary>Of <c>sessions s</c> joined with <c>users u</c>.</summary>
    public const string Session = "s.id, s.user_id, u.user_name, s.created_at, s.last_seen_at, s.expires_at, s.ip, s.user_agent";

    public const string User = "uid, user_name, email, disabled, admin, timezone, created_at, email_confirmed, two_factor_enabled";

    public const string TokenKey = "id, wrapped, activated_at";
}
