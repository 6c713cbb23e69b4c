namespace Latchkey.Storage.Audit;

/// <summary>The words in the audit log's <c>kind</c> column.</summary>
public static class AuditKinds
{
    public const string UserCreated = "user.created";
    public const string UserDisabled = "user.disabled";
    public const string UserEnabled = "user.enabled";
    public const string UserDeleted = "user.deleted";
    public const string UserLocked = "user.locked";
    public const string ProfileChanged = "user.profile_changed";
    public const string PasswordReset = "user.password_reset";
    public const string LoggedIn = "session.created";
    public const string LoginFailed = "session.refused";
    public const string LoggedOut = "session.ended";
    public const string SessionsEnded = "session.others_ended";
    public const string ClientCreated = "client.created";
    public const string ClientChanged = "client.changed";
    public const string ClientStatusChanged = "client.status_changed";
    public const string ClientScopesChanged = "client.scopes_changed";
    public const string ClientSecretReset = "client.secret_reset";
    public const string ClientRemoved = "client.removed";
    public const string ConsentGiven = "consent.given";
    public const string ConsentWithdrawn = "consent.withdrawn";
    public const string GrantIssued = "grant.issued";
    public const string GrantRevoked = "grant.revoked";
    public const string PersonalTokenCreated = "personal_token.created";
    public const string PersonalTokenRevoked = "personal_token.revoked";
    public const string PersonalTokenRenamed = "personal_token.renamed";
    public const string SshKeyAdded = "ssh_key.added";
    public const string SshKeyRenamed = "ssh_key.renamed";
    public const string SshKeyRemoved = "ssh_key.removed";
    public const string AccountChanged = "account.changed";
    public const string AccountSettingsChanged = "account.settings_changed";
    public const string KeyRotated = "token_key.rotated";
}
